import type { Quota, QuotaUsage } from '../../core/domain';
import { greatest } from '../../core/usage';
import type { PlannedCloudSite } from '../planned-site';
import { instanceGroups } from '../tier-site';

const balancing = 'Elastic Load Balancing';

/** Quotas that termination tiers and their load balancers use. */
export const tierQuotas = {
  securityGroupsPerInterface: { code: 'QUO004', service: 'Amazon VPC', title: 'Security groups per network interface', limit: 5 },
  networkLoadBalancers: { code: 'QUO007', service: balancing, title: 'Network Load Balancers per Region', limit: 50 },
  listenersPerLoadBalancer: { code: 'QUO008', service: balancing, title: 'Listeners per Network Load Balancer', limit: 50 },
  certificatesPerLoadBalancer: { code: 'QUO009', service: balancing, title: 'Certificates per Network Load Balancer', limit: 25 },
  targetsPerLoadBalancer: {
    code: 'QUO010',
    service: balancing,
    title: 'Targets per Availability Zone per Network Load Balancer',
    limit: 500,
  },
} as const satisfies Readonly<Record<string, Quota>>;

/** How much of these quotas a cloud site uses. */
export function tierUsages({ id: siteId, zones, tiers }: PlannedCloudSite): QuotaUsage[] {
  const where = `sites/${siteId}`;
  const served = zones.filter(({ endpoints }) => endpoints.length > 0);
  const instances = new Map(tiers.map(({ zone, maxInstances }) => [zone, maxInstances]));
  const perZone = (name: keyof typeof tierQuotas, count: (zone: (typeof served)[number]) => number) =>
    greatest(
      name,
      served.map((zone) => [`zones/${zone.id}`, count(zone)]),
      where,
    );
  return [
    { name: 'securityGroupsPerInterface', used: tiers.length > 0 ? instanceGroups.length : 0, at: where },
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
