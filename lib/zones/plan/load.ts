import { compareCidrs, prefixLength } from '../../core/addresses';
import type { EndpointPlan } from '../plan-schema';
import { type EndpointSpec, type ExternalSpec, mostSessions, type ZoneSpec } from '../spec';

/** Defaults of the load of an endpoint that its description leaves out. */
const defaults = {
  peakNewSessionsPerSecond: 50,
  resumptionRatio: 0,
  latencyBudget: { microseconds: 50_000, percentile: 0.99 },
} as const;

/** Time for which a session is assumed to stay open at the peak, in seconds: the number of sessions is its product with their rate. */
const assumedSessionSeconds = 20;

/** Fewest concurrent sessions that are assumed. */
const fewestAssumedSessions = 1_000;

/** Share of an endpoint that one address of an external may use, unless it is the only address. */
const addressShare = 0.5;

/** The load that an endpoint is planned for. */
export type LoadPlan = Pick<
  EndpointPlan,
  'peakNewSessionsPerSecond' | 'resumptionRatio' | 'concurrentSessions' | 'latencyBudget' | 'assumed'
>;

/** Concurrent sessions of an endpoint that declares none. @see Little's law */
function derivedSessions(peakNewSessionsPerSecond: number): number {
  return Math.min(mostSessions, Math.max(fewestAssumedSessions, Math.ceil(peakNewSessionsPerSecond * assumedSessionSeconds)));
}

/** The load of an endpoint, and the attributes of it that nobody declared. */
export function planLoad(endpoint: EndpointSpec): LoadPlan {
  const peakNewSessionsPerSecond = endpoint.peakNewSessionsPerSecond ?? defaults.peakNewSessionsPerSecond;
  const attributes = ['peakNewSessionsPerSecond', 'resumptionRatio', 'concurrentSessions', 'latencyBudget'] as const;
  return {
    peakNewSessionsPerSecond,
    resumptionRatio: endpoint.resumptionRatio ?? defaults.resumptionRatio,
    concurrentSessions: endpoint.concurrentSessions ?? derivedSessions(peakNewSessionsPerSecond),
    latencyBudget: endpoint.latencyBudget ?? defaults.latencyBudget,
    assumed: attributes.filter((attribute) => endpoint[attribute] === undefined),
  };
}

/** Blocks of all externals that may connect to an endpoint at any site of its zone, so that they are the same in the plan of every site. */
function externalBlocks(zone: ZoneSpec, endpointId: string, externals: Readonly<Record<string, ExternalSpec>>): string[] {
  const blocks = Object.entries(zone.allowFrom).flatMap(([source, { endpoints }]) => {
    const { cidrs = [], sites = zone.sites } = externals[source] ?? {};
    const arrives = sites.some((site) => zone.sites.includes(site)) && (endpoints ?? [endpointId]).includes(endpointId);
    return arrives ? cidrs : [];
  });
  return [...new Set(blocks)].sort(compareCidrs);
}

/** Limits for each address of an external, with the blocks of the externals; undefined if no external may connect. */
export function planExternalLimits(
  id: string,
  zone: ZoneSpec,
  externals: Readonly<Record<string, ExternalSpec>>,
  { concurrentSessions, peakNewSessionsPerSecond }: LoadPlan,
): EndpointPlan['perExternalAddress'] {
  const cidrs = externalBlocks(zone, id, externals);
  if (cidrs.length === 0) return undefined;
  const share = cidrs.length === 1 && prefixLength(cidrs[0] as string) === 32 ? 1 : addressShare;
  const declared = zone.endpoints[id]?.perExternalAddress;
  return {
    cidrs,
    concurrentSessions: declared?.concurrentSessions ?? Math.ceil(concurrentSessions * share),
    newSessionsPerSecond: declared?.newSessionsPerSecond ?? Math.max(1, Math.ceil(peakNewSessionsPerSecond * share)),
  };
}
