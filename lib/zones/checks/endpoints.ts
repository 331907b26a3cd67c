import { sortedEntries } from '../../core/order';
import { reservedPorts } from '../../core/ports';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { ClientAuthentication } from '../plan/endpoints';
import type { Segmentation } from '../segmentation';
import type { EndpointSpec, ZoneSpec } from '../spec';
import { managedListener } from './managed';

/** Checks of ports, server names and certificates of endpoints. */

function nextFreePort(zone: ZoneSpec, from: number): number {
  const taken = new Set([...reservedPorts, ...Object.values(zone.endpoints).map(({ port }) => port)]);
  let port = from + 1;
  while (taken.has(port)) port += 1;
  return port;
}

function ports(path: string, zone: ZoneSpec): Problem[] {
  const owners = new Map<number, string>();
  return Object.entries(zone.endpoints).flatMap(([id, { port }]) => {
    const statement = { got: port, fix: `Write port: ${nextFreePort(zone, port)}.` };
    const at = `${path}/endpoints/${id}/port`;
    if (reservedPorts.includes(port)) {
      return [
        zoneProblem('ZON021', at, {
          ...statement,
          wrong: 'the termination tier uses this port for health checks or metrics',
          rule: 'an endpoint must not use a reserved port',
        }),
      ];
    }
    const owner = owners.get(port);
    if (owner !== undefined)
      return [
        zoneProblem('ZON020', at, {
          ...statement,
          wrong: `endpoint ${owner} of the zone already uses this port`,
          rule: 'ports of a zone must be unique',
          conflictsWith: `${path}/endpoints/${owner}/port`,
        }),
      ];
    owners.set(port, id);
    return [];
  });
}

function repeatedNames(at: string, { serverNames }: EndpointSpec): Problem[] {
  return serverNames.flatMap((name, index) =>
    serverNames.indexOf(name) === index
      ? []
      : [
          zoneProblem('ZON023', `${at}/serverNames/${index}`, {
            wrong: 'the list already contains this name',
            rule: 'server names of an endpoint must be unique',
            got: name,
            fix: `Remove the second ${name}.`,
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
      zoneProblem('ZON027', `${at}/keyAlgorithms/${index}`, {
        wrong: `${keyAlgorithms[first]} has the same key type`,
        rule: 'certificates of an endpoint must have different key types',
        got: algorithm,
        fix: `Remove ${algorithm} or ${keyAlgorithms[first]}.`,
      }),
    ];
  });
}

function verifiableBackend(at: string, { backend, serverNames }: EndpointSpec): Problem[] {
  const name = backend.serverName ?? serverNames[0] ?? '';
  if (backend.plain || !name.startsWith('*')) return [];
  return [
    zoneProblem('ZON033', `${at}/backend/serverName`, {
      wrong: 'the name of the backend servers is a wildcard',
      rule: 'the name that their certificates are verified against must be a full host name',
      got: name,
      fix: `Write serverName: ${name.replace('*', 'backend')}, or another name in the certificates of the servers.`,
    }),
  ];
}

function foreignNames(estate: Segmentation): Problem[] {
  const owners = new Map<string, { readonly zone: string; readonly path: string }>();
  return Object.entries(estate.zones).flatMap(([zoneId, zone]) =>
    Object.entries(zone.endpoints).flatMap(([id, { serverNames }]) =>
      serverNames.flatMap((name, index) => {
        const path = `zones/${zoneId}/endpoints/${id}/serverNames/${index}`;
        const owner = owners.get(name) ?? { zone: zoneId, path };
        owners.set(name, owner);
        if (owner.zone === zoneId) return [];
        return [
          zoneProblem('ZON022', path, {
            wrong: `zone ${owner.zone} already serves this name`,
            rule: 'a server name must belong to one zone',
            got: name,
            conflictsWith: owner.path,
            fix: `Write another name, such as ${zoneId}.${name.replace(/^\*\./, '')}.`,
          }),
        ];
      }),
    ),
  );
}

/** Problems of endpoints. */
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

/** Problems of zones whose namespace belongs to the platform. */
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
      zoneProblem('ZON050', `zones/${zoneId}`, {
        wrong: `the zone's namespace belongs to the platform at site ${taken}`,
        rule: 'the id of a zone must not be the name of a platform namespace',
        got: zoneId,
        fix: `Rename the zone, for example to ${zoneId}-zone.`,
      }),
    ];
  });
}
