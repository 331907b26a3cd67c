import { openSites } from '../open-sites';
import type { Finding } from '../probe/finding';
import type { Site } from '../site';
import { balancerNames } from './cloud-addresses';
import type { ClientFiles, LiveEndpoint } from './endpoint';
import { judgeEndpoint } from './judge';

/**
 * Connects to endpoints and holds what they accept and refuse to their plan.
 *
 * @param endpoints - those in the cloud without an address: their balancers say it
 */
export async function handshakes(sites: readonly Site[], endpoints: readonly LiveEndpoint[], client: ClientFiles): Promise<Finding[]> {
  const cloud = await openSites(sites.filter(({ kind }) => kind === 'cloud'));
  const names = new Map(
    await Promise.all(
      cloud.map(async (one) => [one.site.id, 'clients' in one ? await balancerNames(one.site, one.clients) : undefined] as const),
    ),
  );
  const located = endpoints.map((endpoint) => ({ ...endpoint, address: endpoint.address ?? names.get(endpoint.site)?.get(endpoint.zone) }));
  const findings: Finding[] = [];
  for (const endpoint of located) findings.push(await judgeEndpoint(endpoint, client));
  return findings;
}
