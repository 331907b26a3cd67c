import { type StackPart, stackName } from '../../artifacts/stack-kinds';
import { prefixLength } from '../../core/addresses';
import type { Quota } from '../../core/domain';
import { byCodeUnit } from '../../core/order';
import type { Problem } from '../../core/problem';
import { greatest } from '../../core/usage';
import { domains, type QuotaName, quotas } from '../domains';
import type { CloudSitePlan, EstatePlan, QuotaUse, SitePlan } from '../plan-schema';
import { type QuotaCode, quotaProblem } from '../quota-codes';
import type { CloudSiteSpec } from '../spec';

type EstateQuota = Quota & { readonly code: QuotaCode };

/** Limit of resources in a CloudFormation stack, which AWS never raises. */
const resourcesPerStack: EstateQuota = {
  code: 'QUO012',
  service: 'AWS CloudFormation',
  title: 'Resources per stack',
  limit: 500,
  most: 500,
};

function quotaNamed(name: string): EstateQuota {
  return name === 'resourcesPerStack' ? resourcesPerStack : quotas[name as QuotaName];
}

/** Highest product of the quotas for rules per security group and security groups per network interface that AWS grants. */
const mostRulesPerInterface = 1_000;

const shortestVpcPrefix = 16;

/** Counts the resources of each stack of a cloud site, keyed by the name of the stack. */
export function stackResources(plan: EstatePlan, site: CloudSitePlan): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [part, count] of domains.flatMap((domain) => domain.stackResources(plan, site))) {
    const stack = stackName(site.id, part as StackPart);
    counts.set(stack, (counts.get(stack) ?? 0) + count);
  }
  return counts;
}

/** Returns the use of each quota by a cloud site, sorted by name. */
export function quotaUses(plan: EstatePlan, site: SitePlan, raised: CloudSiteSpec['quotas']): QuotaUse[] {
  if (site.kind !== 'cloud') return [];
  const ofStacks = greatest('resourcesPerStack', stackResources(plan, site), `sites/${site.id}`);
  const usages = [...domains.flatMap((domain) => domain.quotaUsages(plan, site)), ofStacks];
  return usages
    .map(({ name, used, at }) => ({ name, used, limit: raised[name as QuotaName] ?? quotaNamed(name).limit, at }))
    .sort((one, other) => byCodeUnit(one.name, other.name));
}

function ask(name: string, used: number): string {
  const { service, title, most } = quotaNamed(name);
  if (most !== undefined && used > most)
    return `AWS grants at most ${most}. Reduce the need: join blocks, or spread the zones over more slots.`;
  return `Ask AWS for ${used} or more of "${title}" (${service}), then declare quotas: { ${name}: ${used} }.`;
}

function exceeded(siteId: string, { name, used, limit, at }: QuotaUse): Problem {
  const quota = quotaNamed(name);
  return quotaProblem(quota.code, `sites/${siteId}/quotas/${name}`, {
    wrong: `${at} needs ${used} of the quota "${quota.title}" (${quota.service})`,
    rule: `the need must not exceed the quota of the account, which is ${limit}`,
    fix: ask(name, used),
  });
}

function beyondGrant(siteId: string, raised: CloudSiteSpec['quotas']): Problem[] {
  const path = `sites/${siteId}/quotas`;
  const { networkAclEntries: entries = 0, securityGroupRules, securityGroupsPerInterface } = raised;
  const rules = securityGroupRules ?? quotas.securityGroupRules.limit;
  const groups = securityGroupsPerInterface ?? quotas.securityGroupsPerInterface.limit;
  const most = quotas.networkAclEntries.most as number;
  return [
    ...(entries > most
      ? [
          quotaProblem('QUO013', `${path}/networkAclEntries`, {
            wrong: 'AWS does not grant this quota',
            rule: `the entries of a network ACL must be at most ${most}`,
            got: entries,
            fix: `Write networkAclEntries: ${most} or fewer.`,
          }),
        ]
      : []),
    ...(rules * groups > mostRulesPerInterface
      ? [
          quotaProblem('QUO013', `${path}/securityGroupRules`, {
            wrong: `${rules} rules per security group times ${groups} security groups per interface is ${rules * groups}`,
            rule: `the product must be at most ${mostRulesPerInterface}`,
            fix: `Write securityGroupRules: ${Math.floor(mostRulesPerInterface / groups)} or fewer.`,
          }),
        ]
      : []),
  ];
}

function vpcSize(siteId: string, { cidr, vpc }: CloudSiteSpec): Problem[] {
  if (vpc || prefixLength(cidr) >= shortestVpcPrefix) return [];
  return [
    quotaProblem('QUO014', `sites/${siteId}/cidr`, {
      wrong: 'the block is larger than AWS allows for a VPC',
      rule: `the prefix length of a VPC must be ${shortestVpcPrefix} or more`,
      got: cidr,
      fix: `Write a block of length /${shortestVpcPrefix} or longer.`,
    }),
  ];
}

/** Checks the quotas of a cloud site. */
export function checkQuotas(siteId: string, spec: CloudSiteSpec, uses: readonly QuotaUse[]): Problem[] {
  return [
    ...vpcSize(siteId, spec),
    ...beyondGrant(siteId, spec.quotas),
    ...uses.filter(({ used, limit }) => used > limit).map((use) => exceeded(siteId, use)),
  ];
}
