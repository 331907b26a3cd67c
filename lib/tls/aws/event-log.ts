import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { keep, logRetentionDays, tagsOf } from '../../core/aws';
import type { TierSiteScope } from './site-scope';

/** Log group for the TLS events of a zone's tier. CloudFormation names it, so that a log group kept after destroy never blocks a new deployment. */
export function eventLog(scope: Construct, id: string, zone: string, site: TierSiteScope): CfnLogGroup {
  return keep(
    new CfnLogGroup(scope, id, {
      retentionInDays: logRetentionDays,
      kmsKeyId: site.logKeyArn,
      tags: tagsOf(site, { name: `${zone}-events`, zone, role: 'tier' }),
    }),
  );
}
