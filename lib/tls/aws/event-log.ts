import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { keep, logRetentionDays, tagsOf } from '../../core/aws';
import type { TierSiteScope } from './site-scope';

/** Takes the TLS events of a zone's tier: who connected how, and who was refused why. Unnamed, so that one that was kept is in nobody's way. */
export function eventLog(scope: Construct, id: string, zone: string, site: TierSiteScope): CfnLogGroup {
  return keep(
    new CfnLogGroup(scope, id, {
      retentionInDays: logRetentionDays,
      kmsKeyId: site.logKeyArn,
      tags: tagsOf(site, { name: `${zone}-events`, zone, role: 'tier' }),
    }),
  );
}
