import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { ZonePlan } from '../plan-schema';

/** Warns of endpoints that no flow reaches at any site or at some of their sites. */
export function endpointsWithoutClients(sites: readonly { readonly id: string; readonly zones: readonly ZonePlan[] }[]): Problem[] {
  const unreached = new Map<string, string[]>();
  for (const { id: site, zones } of sites)
    for (const { id: zone, endpoints, inbound } of zones) {
      const reached = new Set(inbound.map(({ endpoint }) => endpoint));
      for (const { id } of endpoints.filter((endpoint) => !reached.has(endpoint.id))) {
        const path = `zones/${zone}/endpoints/${id}`;
        unreached.set(path, [...(unreached.get(path) ?? []), site]);
      }
    }
  return [...unreached].map(([path, where]) =>
    zoneProblem('ZON060', path, {
      wrong: `no flow allows a client to reach the endpoint at ${where.join(' and ')}`,
      rule: 'an endpoint that is meant to be used must have a flow that allows its clients',
      fix: `Allow its clients in ${path.split('/').slice(0, 2).join('/')}/allowFrom, or remove the endpoint.`,
    }),
  );
}
