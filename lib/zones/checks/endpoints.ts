import { sortedEntries } from '../../core/order';
import { reservedPorts } from '../../core/ports';
import { type Problem, problem } from '../../core/problem';
import type { ClientAuthentication } from '../plan/endpoints';
import type { Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';
import { managedListener } from './managed';

/** Whether every endpoint can be served: its port, its names and its certificates. */

function nextFreePort(zone: ZoneSpec, from: number): number {
  const taken = new Set([...reservedPorts, ...Object.values(zone.endpoints).map(({ port }) => port)]);
  let port = from + 1;
  while (taken.has(port)) port += 1;
  return port;
}

function ports(path: string, zone: ZoneSpec): Problem[] {
  const owners = new Map<number, string>();
  return sortedEntries(zone.endpoints).flatMap(([id, { port }]) => {
    const statement = { cannot: 'listen', value: port, fix: `Write port: ${nextFreePort(zone, port)}.` };
    const at = `${path}/endpoints/${id}/port`;
    if (reservedPorts.includes(port)) {
      return [problem('ZON021', at, { ...statement, as: 'the tier answers health checks or serves metrics on this port' })];
    }
    const owner = owners.get(port);
    if (owner !== undefined) return [problem('ZON020', at, { ...statement, as: `endpoint ${owner} of the zone has the same port` })];
    owners.set(port, id);
    return [];
  });
}

function repeatedNames(at: string, { serverNames }: EndpointSpec): Problem[] {
  return serverNames.flatMap((name, index) =>
    serverNames.indexOf(name) === index
      ? []
      : [
          problem('ZON023', `${at}/serverNames/${index}`, {
            cannot: 'serve the name',
            as: 'the list has it before',
            value: name,
            fix: 'Remove it here.',
          }),
        ],
  );
}

const keyType = (algorithm: string): string => algorithm.slice(0, algorithm.lastIndexOf('-'));

function keyTypes(at: string, { keyAlgorithms }: EndpointSpec): Problem[] {
  const types = keyAlgorithms.map(keyType);
  return keyAlgorithms.flatMap((algorithm, index) => {
    const first = types.indexOf(types[index] as string);
    if (first === index) return [];
    return [
      problem('ZON027', `${at}/keyAlgorithms/${index}`, {
        cannot: 'serve a second certificate of the key type',
        as: `${keyAlgorithms[first]} is served first`,
        value: algorithm,
        fix: `Remove ${algorithm} or ${keyAlgorithms[first]}.`,
      }),
    ];
  });
}

function verifiableBackend(at: string, { backend, serverNames }: EndpointSpec): Problem[] {
  const name = backend.serverName ?? serverNames[0] ?? '';
  if (backend.plain || !name.startsWith('*')) return [];
  return [
    problem('ZON033', `${at}/backend/serverName`, {
      cannot: 'verify the servers of the backend',
      as: 'a certificate is verified by one name, without a wildcard',
      value: name,
      fix: `Write serverName: ${name.replace('*', 'backend')}, or the name in the certificates of the servers.`,
    }),
  ];
}

function foreignNames(estate: Segmentation): Problem[] {
  const owners = new Map<string, string>();
  return sortedEntries(estate.zones).flatMap(([zoneId, zone]) =>
    sortedEntries(zone.endpoints).flatMap(([id, { serverNames }]) =>
      serverNames.flatMap((name, index) => {
        const owner = owners.get(name) ?? zoneId;
        owners.set(name, owner);
        if (owner === zoneId) return [];
        return [
          problem('ZON022', `zones/${zoneId}/endpoints/${id}/serverNames/${index}`, {
            cannot: 'serve the name',
            as: `zone ${owner} serves it`,
            value: name,
            fix: `Write a name of the zone's own, such as ${zoneId}.${name.replace(/^\*\./, '')}.`,
          }),
        ];
      }),
    ),
  );
}

/** Everything that keeps endpoints from being served. */
export function checkEndpoints(estate: Segmentation, minimum: (zone: string) => ClientAuthentication): Problem[] {
  return [
    ...foreignNames(estate),
    ...sortedEntries(estate.zones).flatMap(([zoneId, zone]) => [
      ...ports(`zones/${zoneId}`, zone),
      ...sortedEntries(zone.endpoints).flatMap(([id, endpoint]) => {
        const at = `zones/${zoneId}/endpoints/${id}`;
        return [
          ...repeatedNames(at, endpoint),
          ...keyTypes(at, endpoint),
          ...verifiableBackend(at, endpoint),
          ...managedListener(at, endpoint, zone, estate, minimum(zoneId)),
        ];
      }),
    ]),
  ];
}

const reservedNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Zones whose namespaces would be somebody else's. */
export function checkNamespaces(estate: Segmentation): Problem[] {
  return sortedEntries(estate.zones).flatMap(([zoneId, { sites }]) => {
    const taken = sites.find((siteId) => {
      const site = estate.sites[siteId];
      if (site?.kind !== 'on-prem') return false;
      const platform = Object.values(site.platformFlows).flatMap(({ namespace }) => namespace ?? []);
      return reservedNamespaces.includes(zoneId) || platform.includes(zoneId);
    });
    if (taken === undefined) return [];
    return [
      problem('ZON050', `zones/${zoneId}`, {
        cannot: "name the zone's namespace",
        as: `it belongs to the platform at site ${taken}`,
        value: zoneId,
        fix: `Rename the zone, for example to ${zoneId}-zone.`,
      }),
    ];
  });
}
