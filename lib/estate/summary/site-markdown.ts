import { list, section, table } from '../../core/markdown';
import { domains } from '../domains';
import type { CloudSitePlan, EstatePlan, OnPremSitePlan, SitePlan } from '../plan-schema';
import { preconditions } from './preconditions';

/** Sections of `plan.md` about one site. */

function cloudAddresses({ zones, endpointSubnets }: CloudSitePlan): string[] {
  const blocks = zones.map(({ id, slot, trustLevel, addresses }) => [id, slot, trustLevel, addresses.cidr]);
  const subnets = zones.flatMap(({ id, addresses }) =>
    addresses.subnets.flatMap(({ availabilityZone, balancer, tier }) => [
      [id, availabilityZone, 'balancer', balancer.cidr ?? balancer.id ?? ''],
      [id, availabilityZone, 'tier', tier.cidr ?? tier.id ?? ''],
    ]),
  );
  const shared = endpointSubnets.map(({ availabilityZone, cidr }) => ['-', availabilityZone, 'interface endpoints', cidr]);
  return [
    table(['Zone', 'Slot', 'Trust level', 'Block'], blocks, 'No zone.'),
    table(['Zone', 'Availability zone', 'Subnet of', 'Block or id'], [...subnets, ...shared], 'No subnet.'),
  ];
}

function onPremAddresses({ zones }: OnPremSitePlan): string[] {
  const rows = zones.map(({ id, slot, trustLevel, addresses }) => [
    id,
    slot,
    trustLevel,
    addresses.loadBalancerCidr,
    addresses.loadBalancerAddress,
    addresses.egressCidr ?? 'none',
  ]);
  return [table(['Zone', 'Slot', 'Trust level', 'Load balancer block', 'Address', 'Egress block'], rows, 'No zone.')];
}

function platformFlows({ platformFlows: flows }: SitePlan): string {
  const rows = flows.map((flow) => {
    const named: { namespace?: string; service?: string; pods?: string; podLabels?: Readonly<Record<string, string>> } = flow;
    const labels = Object.entries(named.podLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    const namespace = named.namespace && [`namespace ${named.namespace}`, ...labels].join(', ');
    const peer = namespace ?? named.service ?? (flow.cidrs ?? []).join(', ');
    const whose = named.pods === 'all' ? 'tiers and workloads' : 'tiers';
    return [flow.id, whose, flow.direction, flow.ports.map(({ port, protocol }) => `${protocol} ${port}`).join(', '), peer];
  });
  return section(3, 'Platform flows', table(['Flow', 'Of', 'Direction', 'Ports', 'Peer'], rows, 'None.'));
}

function quotas({ quotas: uses }: SitePlan): string {
  const rows = uses.map(({ name, used, limit, at }) => [name, used, limit, at]);
  return section(3, 'Quotas', table(['Quota', 'Used', 'Limit', 'Most at'], rows, 'None apply.'));
}

function place(site: SitePlan): string {
  if (site.kind === 'on-prem')
    return `On-prem, cluster ${site.clusterIdentity}, failure domains ${site.failureDomains.names.join(', ')}.\n`;
  const vpc = site.vpc ? `existing VPC ${site.vpc.id}` : `VPC ${site.cidr}`;
  return `Cloud, account ${site.account}, ${site.availabilityZones.join(', ')}, ${vpc}.\n`;
}

/** Renders the sections of `plan.md` about one site. */
export function siteMarkdown(plan: EstatePlan, site: SitePlan): string {
  return [
    section(2, `Site ${site.id}`, place(site)),
    ...domains.flatMap((domain) => domain.siteSections(plan, site)),
    section(3, 'Addresses', ...(site.kind === 'cloud' ? cloudAddresses(site) : onPremAddresses(site))),
    platformFlows(site),
    quotas(site),
    section(3, 'Preconditions', list(preconditions(plan, site), 'None.')),
  ].join('\n');
}
