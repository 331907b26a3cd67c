/** Name of a zone's tier, and of everything that there is once a tier, inside the zone's namespace. */
export const tierName = 'tls-tier';

/** Name of an endpoint's Service and of the Secret with its files: the backend behind it may have a Service of the endpoint's own name. */
export function endpointName(endpoint: string): string {
  return `${endpoint}-tls`;
}
