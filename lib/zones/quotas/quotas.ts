import type { Quota, QuotaUsage } from '../../core/domain';
import { groupRoles, siteGroups, subnetRoles } from '../../core/labels';
import { countBy, greatest } from '../../core/usage';
import type { ExternalPlan, LinkPlan } from '../plan-schema';
import { announcedTo } from '../walls/cloud-segments';
import type { GroupRule } from '../walls/group-rules';
import { plannedRules, wallsOf } from '../walls/plan';
import type { PlannedCloudSite } from '../walls/planned-site';

const vpc = 'Amazon VPC';

/** Quotas of Amazon VPC that zones, links and externals use. */
export const networkQuotas = {
  networkAclEntries: { code: 'QUO001', service: vpc, title: 'Rules per network ACL', limit: 20, most: 40 },
  networkAclsPerVpc: { code: 'QUO002', service: vpc, title: 'Network ACLs per VPC', limit: 200 },
  securityGroupRules: { code: 'QUO003', service: vpc, title: 'Inbound or outbound rules per security group', limit: 60 },
  securityGroupsPerRegion: { code: 'QUO005', service: vpc, title: 'VPC security groups per Region', limit: 2_500 },
  subnetsPerVpc: { code: 'QUO006', service: vpc, title: 'Subnets per VPC', limit: 200 },
  routesPerTable: { code: 'QUO011', service: vpc, title: 'Routes per route table', limit: 50 },
} as const satisfies Readonly<Record<string, Quota>>;

/** AWS counts the default deny of a network ACL, and a security group's own rule that allows nothing out, as one each. */
const implicitRule = 1;

function ruleList({ owner, direction }: GroupRule): string {
  return `${owner.kind === 'zone' ? `zones/${owner.zone} ${owner.role}` : owner.kind} ${direction}`;
}

function wallUsages(site: PlannedCloudSite, where: string): QuotaUsage[] {
  const walls = wallsOf(site);
  const acls = walls.networkAcls;
  const entries = acls.map(({ bucket, trustLevel, ingress, egress }) => {
    return [`${where} network ACL ${trustLevel}-${bucket}`, Math.max(ingress.length, egress.length) + implicitRule] as const;
  });
  const perGroup = [...countBy(plannedRules(walls), ruleList)].map(([at, used]) => {
    return [at, at.endsWith('egress') ? used + implicitRule : used] as const;
  });
  return [
    greatest('networkAclEntries', entries, where),
    { name: 'networkAclsPerVpc', used: acls.length, at: where },
    greatest('securityGroupRules', perGroup, where),
    { name: 'securityGroupsPerRegion', used: site.zones.length * groupRoles.length + siteGroups.length, at: where },
  ];
}

/** Subnets and routes of a VPC that Diptych makes; those of an existing VPC are not counted. */
function vpcUsages(site: PlannedCloudSite, links: readonly LinkPlan[], externals: readonly ExternalPlan[], where: string): QuotaUsage[] {
  if (site.vpc) return [];
  const subnets = site.zones.reduce(
    (sum, { addresses }) => sum + subnetRoles.length * addresses.subnets.length,
    site.endpointSubnets.length,
  );
  const arriving = site.transitGateway ? externals.filter(({ sites }) => sites.includes(site.id)).flatMap(({ cidrs }) => cidrs) : [];
  const announced = links.filter(({ sites }) => sites.includes(site.id)).flatMap((link) => announcedTo(site.id, link));
  return [
    { name: 'subnetsPerVpc', used: subnets, at: where },
    { name: 'routesPerTable', used: new Set([...arriving, ...announced, site.s3.prefixList]).size, at: where },
  ];
}

/** How much of the quotas of Amazon VPC a cloud site uses. */
export function networkUsages(site: PlannedCloudSite, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): QuotaUsage[] {
  const where = `sites/${site.id}`;
  return [...wallUsages(site, where), ...vpcUsages(site, links, externals, where)];
}
