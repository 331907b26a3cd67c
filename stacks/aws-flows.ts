import { Construct } from 'constructs';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import { emitSecurityGroupRule, type Groups } from '../lib/zones/aws/security-group-rule';
import type { GroupRule } from '../lib/zones/walls/group-rules';
import { SiteStack } from './aws-stack';

/** Who may connect to whom: the rules of the security groups of one bucket's zones, after the groups of all buckets. */
export class FlowsStack extends SiteStack {
  constructor(scope: Construct, estate: string, site: CloudSitePlan, bucket: number, rules: readonly GroupRule[], groups: Groups) {
    super(scope, site, {
      part: `flows-${bucket}`,
      estate,
      terminationProtection: false,
    });
    const scopeOfRules = new Construct(this, 'Rule');
    for (const rule of rules) emitSecurityGroupRule(scopeOfRules, rule, groups);
  }
}
