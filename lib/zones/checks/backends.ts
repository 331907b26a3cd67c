import { AddressIndex } from '../../core/address-index';
import { contains, isAddress } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { AddressAllocation, ZoneAddresses } from '../addresses/allocation';
import type { CloudNetwork, OnPremNetwork, Segmentation } from '../segmentation';
import type { EndpointSpec } from '../spec';

/** Whether the tier of every endpoint can reach its backend, and through no other zone's walls. */

/** One server of an endpoint's backend at a site. */
interface Server {
  readonly zoneId: string;
  readonly siteId: string;
  readonly path: string;
  readonly address: string;
  readonly backend: EndpointSpec['backend'];
}

function serversOf(zoneId: string, siteId: string, at: string, { backend }: EndpointSpec): Server[] {
  return sortedEntries(backend.servers[siteId] ?? {}).map(([name, address]) => ({
    zoneId,
    siteId,
    path: `${at}/backend/servers/${siteId}/${name}`,
    address,
    backend,
  }));
}

function withoutServers(sites: readonly string[], siteId: string, at: string, { backend }: EndpointSpec): Problem[] {
  // Servers for a site that is no site of the zone were meant for this one.
  const misnamed = Object.keys(backend.servers).some((key) => !sites.includes(key));
  if (misnamed || Object.keys(backend.servers[siteId] ?? {}).length > 0) return [];
  return [
    problem('ZON030', `${at}/backend/servers`, {
      cannot: `serve the endpoint at site ${siteId}`,
      as: 'its backend has no servers there',
      value: Object.keys(backend.servers),
      fix: `Write ${siteId}: { a: ADDRESS }, or take the site from the sites of the zone.`,
    }),
  ];
}

function portOfNoPods(at: string, { backend: { podPort, podLabels } }: EndpointSpec): Problem[] {
  if (podPort === undefined || podLabels) return [];
  const fix = 'Write podLabels beside it, or remove podPort.';
  return [
    problem('ZON037', `${at}/backend/podPort`, { cannot: 'use the port', as: 'no pods are named that listen on it', value: podPort, fix }),
  ];
}

function unlabelledPods({ address, backend, path }: Server, site: OnPremNetwork): Problem[] {
  if (backend.podLabels) return [];
  const fix = "Write podLabels under backend: the labels of the server's pods.";
  const statement = { cannot: 'allow the tier to reach the server', value: address, fix };
  if (!isAddress(address)) return [problem('ZON031', path, { ...statement, as: 'a network policy allows pods by label, not by name' })];
  const inside = (['podCidr', 'serviceCidr'] as const).find((attribute) => contains(site[attribute], `${address}/32`));
  return inside ? [problem('ZON032', path, { ...statement, as: `it lies in ${inside}, and pods are allowed by label` })] : [];
}

/** The namespace of a Service's name, `service.namespace.svc` with or without the cluster's domain; nothing for any other name. */
function namespaceOf(name: string): string | undefined {
  return /^(?:[^.]+\.)+([^.]+)\.svc(?:\.|$)/.exec(name)?.[1];
}

function inOtherNamespace({ zoneId, address, path }: Server, namespace: string): Problem {
  return problem('ZON036', path, {
    cannot: 'connect to the server',
    as: `it is a Service of namespace ${namespace}, and the zone's pods are in namespace ${zoneId}`,
    value: address,
    fix: `Name a Service of namespace ${zoneId}.`,
  });
}

/** The blocks at which a zone's endpoints and workloads stand: a connection into them from another zone is a flow. */
function ownBlock(addresses: ZoneAddresses): string {
  return addresses.kind === 'cloud' ? addresses.cidr : addresses.loadBalancerCidr;
}

function zoneIndexes(allocation: AddressAllocation): ReadonlyMap<string, AddressIndex<string>> {
  return new Map(
    [...allocation].map(([siteId, zones]) => [siteId, new AddressIndex([...zones].map(([id, addresses]) => [ownBlock(addresses), id]))]),
  );
}

function inOtherZone({ zoneId, address, path }: Server, owner: string): Problem {
  return problem('ZON034', path, {
    cannot: 'connect to the server',
    as: `it stands in zone ${owner}, to which only a flow leads`,
    value: address,
    fix: `Name a server of zone ${zoneId}, or allow zone ${zoneId} under zones/${owner}/allowFrom.`,
  });
}

/** The blocks to which routes of a VPC made here lead. */
function routedBlocks(estate: Segmentation, siteId: string, site: CloudNetwork): string[] {
  const links = Object.values(estate.links).filter(({ between }) => between.includes(siteId));
  const externals = Object.values(estate.externals).filter(({ sites }) => sites === undefined || sites.includes(siteId));
  return [
    site.cidr,
    ...links.flatMap(({ between, prefixes }) => between.filter((other) => other !== siteId).flatMap((other) => prefixes[other] ?? [])),
    ...(site.transitGateway ? externals.flatMap(({ cidrs }) => cidrs) : []),
  ];
}

function unrouted({ siteId, address, path }: Server, blocks: readonly string[]): Problem[] {
  if (!isAddress(address) || blocks.some((block) => contains(block, `${address}/32`))) return [];
  return [
    problem('ZON035', path, {
      cannot: 'connect to the server',
      as: `no route of the VPC of site ${siteId} leads to it`,
      value: address,
      fix: `Name a server in ${blocks[0]}, or add its block to the prefixes of a link.`,
    }),
  ];
}

/** Everything that keeps tiers from their backends. */
export function checkBackends(estate: Segmentation, allocation: AddressAllocation): Problem[] {
  const zones = zoneIndexes(allocation);
  const routed = new Map(
    Object.entries(estate.sites).flatMap(([id, site]) =>
      site.kind === 'cloud' && !site.vpc ? [[id, routedBlocks(estate, id, site)]] : [],
    ),
  );
  const perServer = (server: Server): Problem[] => {
    const { zoneId, siteId, address } = server;
    const site = estate.sites[siteId];
    const own = allocation.get(siteId)?.get(zoneId);
    const inOwn = own !== undefined && isAddress(address) && contains(ownBlock(own), `${address}/32`);
    const owner = isAddress(address) && !inOwn ? zones.get(siteId)?.containing(`${address}/32`) : undefined;
    if (owner !== undefined) return [inOtherZone(server, owner)];
    const namespace = site?.kind === 'on-prem' ? namespaceOf(address) : undefined;
    if (namespace !== undefined && namespace !== zoneId) return [inOtherNamespace(server, namespace)];
    if (site?.kind === 'on-prem') return unlabelledPods(server, site);
    const blocks = routed.get(siteId);
    return blocks && !inOwn ? unrouted(server, blocks) : [];
  };
  return sortedEntries(estate.zones).flatMap(([zoneId, zone]) =>
    sortedEntries(zone.endpoints).flatMap(([id, endpoint]) => {
      const at = `zones/${zoneId}/endpoints/${id}`;
      const perSite = zone.sites.flatMap((siteId) => [
        ...withoutServers(zone.sites, siteId, at, endpoint),
        ...serversOf(zoneId, siteId, at, endpoint).flatMap(perServer),
      ]);
      return [...portOfNoPods(at, endpoint), ...perSite];
    }),
  );
}
