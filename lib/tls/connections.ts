import type { EndpointPlan } from '../zones/plan-schema';

/** Connections to allow per expected session, because a client that reconnects leaves its old session open for a while. */
const reconnectionFactor = 1.5;

/** Connections above the limit of an endpoint that HAProxy still accepts, so that it can close them instead of leaving them in the backlog. */
const refusalMargin = 128;

/** Limits of the listeners for health checks and metrics, which every instance has beside its endpoints. */
export const listenerConnections = { health: 128, metrics: 64 } as const;

/** Sessions that an instance admits where a number of sessions is expected. */
export function admittedSessions(expected: number): number {
  return Math.ceil(expected * reconnectionFactor);
}

/** Connections that the frontend of an endpoint accepts: those that it admits, and those that it is refusing. */
export function frontendConnections({ concurrentSessions }: Pick<EndpointPlan, 'concurrentSessions'>): number {
  return admittedSessions(concurrentSessions) + refusalMargin;
}

/**
 * Connections that an instance needs so that no frontend can take those of another: the sum of the limits of its frontends.
 *
 * The limit of an endpoint is that of its site, not a share of it, because a balancer may send every client to one instance. It follows
 * from the description alone, so that it is the same at every site.
 */
export function instanceConnections(endpoints: readonly Pick<EndpointPlan, 'concurrentSessions'>[]): number {
  const reserved = Object.values(listenerConnections).reduce((sum, limit) => sum + limit, 0);
  return endpoints.reduce((sum, endpoint) => sum + frontendConnections(endpoint), reserved);
}
