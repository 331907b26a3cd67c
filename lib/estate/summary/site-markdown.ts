import { list, section, table } from '../../core/markdown';
import type { EndpointPlan } from '../../zones/plan-schema';
import type { CloudSitePlan, EstatePlan, OnPremSitePlan, SitePlan } from '../plan-schema';
import { preconditions } from './preconditions';
import { reachSection } from './reach-markdown';

/** One site of a plan, as a reviewer reads it. */

function endOfTls(site: SitePlan, zone: string, { id, managedCertificate }: EndpointPlan): string {
  if (managedCertificate === undefined) return 'tier';
  const listener = site.kind === 'cloud' ? site.managedListeners.find((each) => each.zone === zone && each.endpoint === id) : undefined;
  return `balancer${listener ? `, ${listener.sslPolicy}` : ''}`;
}

function backendOf({ backend }: EndpointPlan): string {
  return backend.plainReason === undefined ? `TLS to ${backend.serverName}` : `in clear text: ${backend.plainReason}`;
}

function listeners(site: SitePlan, profileOf: (zone: string) => string): string {
  const rows = site.zones.flatMap(({ id, endpoints }) =>
    endpoints.map((endpoint) => [
      `${id}/${endpoint.id}`,
      endpoint.port,
      endpoint.protocol,
      endpoint.serverNames.join(', '),
      profileOf(id),
      endpoint.clientAuthentication,
      endpoint.keyAlgorithms.join(', '),
      endOfTls(site, id, endpoint),
      backendOf(endpoint),
    ]),
  );
  const header = ['Endpoint', 'Port', 'Protocol', 'Server names', 'Profile', 'Client certificate', 'Keys', 'TLS ends at', 'Backend'];
  return section(3, 'Listeners', table(header, rows, 'No endpoint.'));
}

function servers({ zones }: SitePlan): string {
  const rows = zones.flatMap(({ id, endpoints }) =>
    endpoints.flatMap((endpoint) =>
      endpoint.backend.servers.map(({ name, address }) => [`${id}/${endpoint.id}`, name, `${address}:${endpoint.backend.port}`]),
    ),
  );
  return section(3, 'Servers behind the endpoints', table(['Endpoint', 'Server', 'Address'], rows, 'No server.'));
}

function tiers({ tiers: planned }: SitePlan): string {
  const rows = planned.map((tier) => [
    tier.zone,
    tier.acceleration,
    `${tier.instances} (at least ${tier.minAvailable}, at most ${tier.maxInstances})`,
    tier.instanceType ?? (tier.device ? `${tier.device.count} ${tier.device.resource}` : 'any node'),
    tier.cpuCores,
    tier.memoryMebibytes,
    tier.maxConnections,
    tier.drainSeconds,
  ]);
  const header = ['Zone', 'Acceleration', 'Instances', 'Runs on', 'Cores', 'Memory (MiB)', 'Connections', 'Drain (s)'];
  const reasons = planned.map(({ zone, reason }) => `${zone}: ${reason}`);
  return section(3, 'Termination tiers', table(header, rows, 'No tier.'), ...(reasons.length > 0 ? [list(reasons, '')] : []));
}

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

/** The part of `plan.md` on one site. */
export function siteMarkdown(plan: EstatePlan, site: SitePlan, profileOf: (zone: string) => string): string {
  return [
    section(2, `Site ${site.id}`, place(site)),
    reachSection(site),
    listeners(site, profileOf),
    servers(site),
    tiers(site),
    section(3, 'Addresses', ...(site.kind === 'cloud' ? cloudAddresses(site) : onPremAddresses(site))),
    platformFlows(site),
    quotas(site),
    section(3, 'Preconditions', list(preconditions(plan, site), 'None.')),
  ].join('\n');
}
