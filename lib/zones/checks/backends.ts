import { AddressIndex } from '../../core/address-index';
import { contains, isAddress } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import type { AddressAllocation, ZoneAddresses } from '../addresses/allocation';
import { zoneProblem } from '../codes';
import type { CloudNetwork, OnPremNetwork, Segmentation } from '../segmentation';
import type { EndpointSpec } from '../spec';

/** Checks that the tier of every endpoint can reach its backend servers without connecting to another zone. */

/** A backend server of an endpoint at one site. */
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
  // A key for another site is a typing error that is reported by itself, so missing servers are not reported as well.
  const misnamed = Object.keys(backend.servers).some((key) => !sites.includes(key));
  if (misnamed || Object.keys(backend.servers[siteId] ?? {}).length > 0) return [];
  return [
    zoneProblem('ZON030', `${at}/backend/servers`, {
      wrong: `the backend has no servers at site ${siteId}`,
      rule: 'a backend must have servers at every site of its zone',
      fix: `Write ${siteId}: { a: ADDRESS }, or remove the site from the sites of the zone.`,
    }),
  ];
}

function portOfNoPods(at: string, { backend: { podPort, podLabels } }: EndpointSpec): Problem[] {
  if (podPort === undefined || podLabels) return [];
  return [
    zoneProblem('ZON037', `${at}/backend/podPort`, {
      wrong: 'the backend has no podLabels to select the pods that listen on this port',
      rule: 'podPort must be used together with podLabels',
      got: podPort,
      fix: 'Write podLabels, or remove podPort.',
    }),
  ];
}

function unlabelledPods({ address, backend, path }: Server, site: OnPremNetwork): Problem[] {
  if (backend.podLabels) return [];
  const statement = { got: address, fix: 'Write podLabels under backend, with the labels of the pods of the server.' };
  if (!isAddress(address)) {
    return [
      zoneProblem('ZON031', path, {
        ...statement,
        wrong: 'a NetworkPolicy cannot select the pods of a server by DNS name',
        rule: 'a backend with DNS names must have podLabels',
      }),
    ];
  }
  const inside = (['podCidr', 'serviceCidr'] as const).find((attribute) => contains(site[attribute], `${address}/32`));
  if (!inside) return [];
  return [
    zoneProblem('ZON032', path, {
      ...statement,
      wrong: `the address is in ${inside}, and a NetworkPolicy cannot select pods by address`,
      rule: 'a backend inside the cluster must have podLabels',
    }),
  ];
}

/** The namespace in the DNS name of a Service, `service.namespace.svc` with or without the cluster domain; undefined for other names. */
function namespaceOf(name: string): string | undefined {
  return /^(?:[^.]+\.)+([^.]+)\.svc(?:\.|$)/.exec(name)?.[1];
}

function inOtherNamespace({ zoneId, address, path }: Server, namespace: string): Problem {
  return zoneProblem('ZON036', path, {
    wrong: `the Service is in namespace ${namespace}`,
    rule: `the Service of a backend must be in the namespace of its zone, ${zoneId}`,
    got: address,
    fix: `Name a Service of namespace ${zoneId}.`,
  });
}

/** The block of a zone's endpoints and workloads. Connections from other zones to this block must be declared as flows. */
function ownBlock(addresses: ZoneAddresses): string {
  return addresses.kind === 'cloud' ? addresses.cidr : addresses.loadBalancerCidr;
}

function zoneIndexes(allocation: AddressAllocation): ReadonlyMap<string, AddressIndex<string>> {
  return new Map(
    [...allocation].map(([siteId, zones]) => [siteId, new AddressIndex([...zones].map(([id, addresses]) => [ownBlock(addresses), id]))]),
  );
}

function inOtherZone({ zoneId, address, path }: Server, owner: string): Problem {
  return zoneProblem('ZON034', path, {
    wrong: `the server is in zone ${owner}`,
    rule: 'a connection to another zone must be declared as a flow',
    got: address,
    fix: `Name a server of zone ${zoneId}, or allow zone ${zoneId} under zones/${owner}/allowFrom.`,
  });
}

/** Destination blocks of the routes of a VPC that Diptych creates. */
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
    zoneProblem('ZON035', path, {
      wrong: `the VPC of site ${siteId} has no route to the server`,
      rule: 'a server must be in the VPC or in a block that a link or an external announces',
      got: address,
      fix: `Name a server in ${blocks[0]}, or add its block to the prefixes of a link.`,
    }),
  ];
}

/** Problems of backends. */
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
