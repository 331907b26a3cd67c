import { list, section, table } from '../../core/markdown';
import type { EndpointPlan } from '../../zones/plan-schema';
import { unreadySeconds } from '../haproxy/container';
import { isDrainCut } from '../haproxy/cut-drain';
import type { TierPlan } from '../plan-schema';
import type { PlannedSite } from '../planned-site';
import { loadSection } from './load';

function endOfTls(site: PlannedSite, zone: string, { id, managedCertificate }: EndpointPlan): string {
  if (managedCertificate === undefined) return 'tier';
  const listener = site.kind === 'cloud' ? site.managedListeners.find((each) => each.zone === zone && each.endpoint === id) : undefined;
  return `balancer${listener ? `, ${listener.sslPolicy}` : ''}`;
}

function backendOf({ backend }: EndpointPlan): string {
  return backend.plainReason === undefined ? `TLS to ${backend.serverName}` : `in clear text: ${backend.plainReason}`;
}

function listeners(site: PlannedSite, profileOf: (zone: string) => string): string {
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

function servers({ zones }: PlannedSite): string {
  const rows = zones.flatMap(({ id, endpoints }) =>
    endpoints.flatMap((endpoint) =>
      endpoint.backend.servers.map(({ name, address }) => [`${id}/${endpoint.id}`, name, `${address}:${endpoint.backend.port}`]),
    ),
  );
  return section(3, 'Servers behind the endpoints', table(['Endpoint', 'Server', 'Address'], rows, 'No server.'));
}

/** Drain of open sessions, which a load balancer may cut short. */
function drain(site: PlannedSite, tier: TierPlan): string {
  return isDrainCut(site, tier) ? `${unreadySeconds}, cut by MetalLB (${tier.drainSeconds} declared)` : String(tier.drainSeconds);
}

/** Number of instances in words, as a reviewer reads them. */
function instancesOf({ instances, minAvailable, maxInstances }: TierPlan): string {
  const fewest = minAvailable < instances ? `, at most ${instances - minAvailable} down at a time` : ', none down at a time';
  return `${instances}${fewest}${maxInstances > instances ? `, up to ${maxInstances} under load` : ''}`;
}

function tiers(site: PlannedSite): string {
  const { tiers: planned } = site;
  const rows = planned.map((tier) => [
    tier.zone,
    tier.acceleration,
    instancesOf(tier),
    tier.instanceType ?? (tier.device ? `${tier.device.count} ${tier.device.resource}` : 'any node'),
    tier.cpuCores,
    tier.memoryMebibytes,
    tier.maxConnections,
    drain(site, tier),
  ]);
  const header = ['Zone', 'Acceleration', 'Instances', 'Runs on', 'Cores', 'Memory (MiB)', 'Connections', 'Drain (s)'];
  const reasons = planned.map(({ zone, reason }) => `${zone}: ${reason}`);
  return section(3, 'Termination tiers', table(header, rows, 'No tier.'), ...(reasons.length > 0 ? [list(reasons, '')] : []));
}

/** The sections on listeners, their servers, their load and the tiers of one site. */
export function tierSections(sites: readonly { readonly tiers: readonly TierPlan[] }[], site: PlannedSite): string[] {
  const profiles = new Map(sites.flatMap((each) => each.tiers.map(({ zone, profile }) => [zone, profile.name])));
  return [listeners(site, (zone) => profiles.get(zone) ?? 'by the balancer'), servers(site), loadSection(site), tiers(site)];
}
