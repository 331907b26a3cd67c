import type { ExternalPlan, LinkPlan } from '../../zones/plan-schema';
import { announcedTo } from '../../zones/walls/cloud-segments';
import { type GroupRule, groupRules } from '../../zones/walls/group-rules';
import { networkAcls } from '../../zones/walls/network-acl';
import type { CloudSitePlan } from '../plan-schema';
import type { cloudQuotas } from '../spec';
import { stackResources } from './stack-resources';

/** How much of each quota a cloud site uses, counted from the very models that are emitted. */

export type CloudQuota = keyof typeof cloudQuotas | 'resourcesPerStack';

/** The most that one thing uses of a quota, and which thing it is. */
export interface Usage {
  readonly name: CloudQuota;
  readonly used: number;
  readonly at: string;
}

/** The default deny of a network ACL, and the rule of a security group that lets nothing out, count as one each. */
const standingRule = 1;

const groupsPerZone = 3;
const groupsPerSite = 2;
const groupsPerInstance = 2;

/** The greatest of several counts; the first where there are several. */
function greatest(name: CloudQuota, counts: Iterable<readonly [at: string, used: number]>, otherwise: string): Usage {
  let most: Usage = { name, used: 0, at: otherwise };
  for (const [at, used] of counts) if (used > most.used) most = { name, used, at };
  return most;
}

function counted<T>(items: Iterable<T>, key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function groupName({ owner, direction }: GroupRule): string {
  return `${owner.kind === 'zone' ? `zones/${owner.zone} ${owner.role}` : owner.kind} ${direction}`;
}

function wallUsages(site: CloudSitePlan, links: readonly LinkPlan[], externals: readonly ExternalPlan[], where: string): Usage[] {
  const acls = networkAcls(site, links, externals);
  const rules = groupRules(site);
  const entries = acls.map(({ bucket, trustLevel, ingress, egress }) => {
    return [`${where} network ACL ${trustLevel}-${bucket}`, Math.max(ingress.length, egress.length) + standingRule] as const;
  });
  const perGroup = counted(rules, groupName);
  return [
    greatest('networkAclEntries', entries, where),
    { name: 'networkAclsPerVpc', used: acls.length, at: where },
    greatest(
      'securityGroupRules',
      [...perGroup].map(([at, used]) => [at, at.endsWith('egress') ? used + standingRule : used]),
      where,
    ),
    { name: 'securityGroupsPerInterface', used: site.tiers.length > 0 ? groupsPerInstance : 0, at: where },
    { name: 'securityGroupsPerRegion', used: site.zones.length * groupsPerZone + groupsPerSite, at: where },
    greatest('resourcesPerStack', stackResources(site, links, externals, { acls, rules }), where),
  ];
}

function balancerUsages({ zones, tiers }: CloudSitePlan, where: string): Usage[] {
  const served = zones.filter(({ endpoints }) => endpoints.length > 0);
  const instances = new Map(tiers.map(({ zone, maxInstances }) => [zone, maxInstances]));
  const perZone = (name: CloudQuota, count: (zone: (typeof served)[number]) => number) =>
    greatest(
      name,
      served.map((zone) => [`zones/${zone.id}`, count(zone)]),
      where,
    );
  return [
    { name: 'networkLoadBalancers', used: served.length, at: where },
    perZone('listenersPerLoadBalancer', ({ endpoints }) => endpoints.length),
    perZone('certificatesPerLoadBalancer', ({ endpoints }) => endpoints.filter(({ managedCertificate }) => managedCertificate).length),
    perZone('targetsPerLoadBalancer', ({ id, endpoints }) =>
      endpoints.reduce(
        (sum, { managedCertificate, backend }) => sum + (managedCertificate ? backend.servers.length : (instances.get(id) ?? 0)),
        0,
      ),
    ),
  ];
}

/** The subnets and routes of a VPC made here; in an existing one they are somebody else's. */
function vpcUsages(site: CloudSitePlan, links: readonly LinkPlan[], externals: readonly ExternalPlan[], where: string): Usage[] {
  if (site.vpc) return [];
  const subnets = site.zones.reduce((sum, { addresses }) => sum + 2 * addresses.subnets.length, site.endpointSubnets.length);
  const arriving = site.transitGateway ? externals.filter(({ sites }) => sites.includes(site.id)).flatMap(({ cidrs }) => cidrs) : [];
  const announced = links.filter(({ sites }) => sites.includes(site.id)).flatMap((link) => announcedTo(site.id, link));
  return [
    { name: 'subnetsPerVpc', used: subnets, at: where },
    { name: 'routesPerTable', used: new Set([...arriving, ...announced, site.s3.prefixList]).size, at: where },
  ];
}

/** What a cloud site uses of every quota. */
export function cloudUsages(site: CloudSitePlan, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): Usage[] {
  const where = `sites/${site.id}`;
  return [...wallUsages(site, links, externals, where), ...vpcUsages(site, links, externals, where), ...balancerUsages(site, where)];
}
