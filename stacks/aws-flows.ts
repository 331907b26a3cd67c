import { Construct } from 'constructs';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import { emitSecurityGroupRule, type Groups } from '../lib/zones/aws/security-group-rule';
import type { GroupRule } from '../lib/zones/walls/group-rules';
import { SiteStack } from './aws-stack';

/** Stack of the security group rules of one bucket of zones. It is deployed after the security groups of all buckets. */
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
