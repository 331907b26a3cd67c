import { prefixLength } from '../../core/addresses';
import { byCodeUnit } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { ExternalPlan, LinkPlan } from '../../zones/plan-schema';
import type { CloudSitePlan, QuotaUse } from '../plan-schema';
import { type CloudSiteSpec, cloudQuotas } from '../spec';
import { type CloudQuota, cloudUsages } from './cloud-usage';

/** Every quota by its name at AWS, with the code of the error and the most that AWS grants where that is known. */
const quotas: Readonly<Record<CloudQuota, { code: string; service: string; title: string; most?: number }>> = {
  networkAclEntries: { code: 'QUO001', service: 'Amazon VPC', title: 'Rules per network ACL', most: 40 },
  networkAclsPerVpc: { code: 'QUO002', service: 'Amazon VPC', title: 'Network ACLs per VPC' },
  securityGroupRules: { code: 'QUO003', service: 'Amazon VPC', title: 'Inbound or outbound rules per security group' },
  securityGroupsPerInterface: { code: 'QUO004', service: 'Amazon VPC', title: 'Security groups per network interface' },
  securityGroupsPerRegion: { code: 'QUO005', service: 'Amazon VPC', title: 'VPC security groups per Region' },
  subnetsPerVpc: { code: 'QUO006', service: 'Amazon VPC', title: 'Subnets per VPC' },
  networkLoadBalancers: { code: 'QUO007', service: 'Elastic Load Balancing', title: 'Network Load Balancers per Region' },
  listenersPerLoadBalancer: { code: 'QUO008', service: 'Elastic Load Balancing', title: 'Listeners per Network Load Balancer' },
  certificatesPerLoadBalancer: { code: 'QUO009', service: 'Elastic Load Balancing', title: 'Certificates per Network Load Balancer' },
  targetsPerLoadBalancer: {
    code: 'QUO010',
    service: 'Elastic Load Balancing',
    title: 'Targets per Availability Zone per Network Load Balancer',
  },
  routesPerTable: { code: 'QUO011', service: 'Amazon VPC', title: 'Routes per route table' },
  resourcesPerStack: { code: 'QUO012', service: 'AWS CloudFormation', title: 'Resources per stack', most: 500 },
};

/** Rules a group times groups an interface: AWS grants no more, however they are shared out. */
const mostRulesPerInterface = 1_000;

const shortestVpcPrefix = 16;

function limitOf(name: CloudQuota, raised: CloudSiteSpec['quotas']): number {
  return name === 'resourcesPerStack' ? (quotas[name].most as number) : (raised[name] ?? cloudQuotas[name]);
}

/** How much of each quota a cloud site uses, sorted by name. */
export function quotaUses(
  site: CloudSitePlan,
  raised: CloudSiteSpec['quotas'],
  links: readonly LinkPlan[],
  externals: readonly ExternalPlan[],
): QuotaUse[] {
  return cloudUsages(site, links, externals)
    .map(({ name, used, at }) => ({ name, used, limit: limitOf(name, raised), at }))
    .sort((one, other) => byCodeUnit(one.name, other.name));
}

function ask(name: CloudQuota, used: number): string {
  const { service, title, most } = quotas[name];
  if (most !== undefined && used > most)
    return `AWS grants ${most} at most: need fewer by joining blocks, or by spreading zones over more slots.`;
  return `Ask AWS for ${used} or more of "${title}" (${service}), then declare quotas: { ${name}: ${used} }.`;
}

function exceeded(siteId: string, { name, used, limit, at }: QuotaUse): Problem {
  const quota = quotas[name as CloudQuota];
  return problem(quota.code, `sites/${siteId}/quotas/${name}`, {
    cannot: `deploy ${at}`,
    as: `the quota "${quota.title}" (${quota.service}) is ${limit}`,
    value: used,
    fix: ask(name as CloudQuota, used),
  });
}

function beyondGrant(siteId: string, raised: CloudSiteSpec['quotas']): Problem[] {
  const path = `sites/${siteId}/quotas`;
  const { networkAclEntries: entries = 0, securityGroupRules, securityGroupsPerInterface } = raised;
  const rules = securityGroupRules ?? cloudQuotas.securityGroupRules;
  const groups = securityGroupsPerInterface ?? cloudQuotas.securityGroupsPerInterface;
  const most = quotas.networkAclEntries.most as number;
  return [
    ...(entries > most
      ? [
          problem('QUO013', `${path}/networkAclEntries`, {
            cannot: 'count on the quota',
            as: `AWS grants ${most} entries of a network ACL at most`,
            value: entries,
            fix: `Write networkAclEntries: ${most} or fewer.`,
          }),
        ]
      : []),
    ...(rules * groups > mostRulesPerInterface
      ? [
          problem('QUO013', `${path}/securityGroupRules`, {
            cannot: 'count on the quotas',
            as: `AWS grants ${mostRulesPerInterface} as rules a group times groups an interface at most`,
            value: rules * groups,
            fix: `Write securityGroupRules: ${Math.floor(mostRulesPerInterface / groups)} or fewer.`,
          }),
        ]
      : []),
  ];
}

function vpcSize(siteId: string, { cidr, vpc }: CloudSiteSpec): Problem[] {
  if (vpc || prefixLength(cidr) >= shortestVpcPrefix) return [];
  return [
    problem('QUO014', `sites/${siteId}/cidr`, {
      cannot: 'make the VPC',
      as: `AWS makes none wider than /${shortestVpcPrefix}`,
      value: cidr,
      fix: `Write a block of length /${shortestVpcPrefix} or longer.`,
    }),
  ];
}

/** Every quota that a cloud site exceeds. */
export function checkQuotas(siteId: string, spec: CloudSiteSpec, uses: readonly QuotaUse[]): Problem[] {
  return [
    ...vpcSize(siteId, spec),
    ...beyondGrant(siteId, spec.quotas),
    ...uses.filter(({ used, limit }) => used > limit).map((use) => exceeded(siteId, use)),
  ];
}
