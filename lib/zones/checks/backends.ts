import { contains, isAddress, linkLocalCidr } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import type { AddressAllocation } from '../addresses/allocation';
import { specialPurpose } from '../addresses/special-purpose';
import { zoneProblem } from '../codes';
import { hasPods, isInCluster, serviceNamespace } from '../plan/cluster-servers';
import type { OnPremNetwork, Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';
import { ownerCheck } from './owners';
import { type Peer, peersOf } from './peers';
import { routeCheck } from './routes';

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
  if (backend.podLabels || !isInCluster(address, site)) return [];
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
  return [
    zoneProblem('ZON032', path, {
      ...statement,
      wrong: 'the address is in podCidr or serviceCidr, and a NetworkPolicy cannot select pods by address',
      rule: 'a backend inside the cluster must have podLabels',
    }),
  ];
}

function inOtherNamespace({ zoneId, address, path }: Server, namespace: string): Problem {
  return zoneProblem('ZON036', path, {
    wrong: `the Service is in namespace ${namespace}`,
    rule: `the Service of a backend must be in the namespace of its zone, ${zoneId}`,
    got: address,
    fix: `Name a Service of namespace ${zoneId}.`,
  });
}

function outsideName({ zoneId, address, path }: Server): Problem {
  return zoneProblem('ZON048', path, {
    wrong: 'the name is not that of a Service of the cluster, and a NetworkPolicy cannot allow connections to a DNS name',
    rule: 'a server outside the cluster must be an IPv4 address',
    got: address,
    fix: `Write the IPv4 address of the server, or the name of a Service, such as NAME.${zoneId}.svc.cluster.local.`,
  });
}

function onPremServer(server: Server, site: OnPremNetwork): Problem[] {
  const { zoneId, address } = server;
  const namespace = serviceNamespace(address);
  if (namespace !== undefined && namespace !== zoneId) return [inOtherNamespace(server, namespace)];
  if (namespace === undefined && !isAddress(address)) return [outsideName(server)];
  return unlabelledPods(server, site);
}

/** Labels of a backend without a server in the cluster of any site. */
function labelsOfNoPods(estate: Segmentation, zone: ZoneSpec, at: string, { backend }: EndpointSpec): Problem[] {
  const inAnyCluster = zone.sites.some((siteId) => hasPods(backend, siteId, estate.sites[siteId]));
  const misnamed = Object.keys(backend.servers).some((key) => !zone.sites.includes(key));
  if (!backend.podLabels || inAnyCluster || misnamed) return [];
  return [
    zoneProblem('ZON049', `${at}/backend/podLabels`, {
      wrong: 'the backend has no server in the cluster of a site',
      rule: 'podLabels must belong to the pods of a Service, or of an address in podCidr or serviceCidr',
      got: backend.podLabels,
      fix: `Remove podLabels, or write the name of a Service as the server.`,
    }),
  ];
}

/** Whether a platform flow leads to a service on a pod's own node, such as the link-local address of NodeLocal DNSCache. */
function isNodeService({ kind, siteId, cidr }: Peer, { sites }: Segmentation): boolean {
  return kind === 'platform' && sites[siteId]?.kind === 'on-prem' && contains(linkLocalCidr, cidr);
}

/** Problems of backends, and of the addresses of backend servers and platform flows. */
export function checkPeers(estate: Segmentation, allocation: AddressAllocation): Problem[] {
  const [owned, routed] = [ownerCheck(estate, allocation), routeCheck(estate, allocation)];
  const problems = peersOf(estate).flatMap((peer) => {
    const special = isNodeService(peer, estate) ? [] : specialPurpose(peer.path, peer.cidr, peer.written);
    const foreign = [...special, ...owned(peer)].slice(0, 1);
    return foreign.length > 0 ? foreign : routed(peer);
  });
  return [...problems, ...checkBackends(estate, new Set(problems.map(({ path }) => path)))];
}

/** @param refused paths of servers that were refused because of their addresses */
function checkBackends(estate: Segmentation, refused: ReadonlySet<string>): Problem[] {
  return sortedEntries(estate.zones).flatMap(([zoneId, zone]) =>
    sortedEntries(zone.endpoints).flatMap(([id, endpoint]) => {
      const at = `zones/${zoneId}/endpoints/${id}`;
      const perSite = zone.sites.flatMap((siteId) => {
        const site = estate.sites[siteId];
        const servers = serversOf(zoneId, siteId, at, endpoint).filter(({ path }) => !refused.has(path));
        return [
          ...withoutServers(zone.sites, siteId, at, endpoint),
          ...(site?.kind === 'on-prem' ? servers.flatMap((server) => onPremServer(server, site)) : []),
        ];
      });
      const labels = perSite.length > 0 ? [] : labelsOfNoPods(estate, zone, at, endpoint);
      return [...portOfNoPods(at, endpoint), ...perSite, ...labels];
    }),
  );
}
