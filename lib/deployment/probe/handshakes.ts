import type { Site } from '../../artifacts/site';
import type { Finding } from '../../core/finding';
import type { ClientFiles, LiveEndpoint } from '../../handshake/endpoint';
import { judgeEndpoint } from '../../handshake/judge';
import { answered } from '../aws/physical-ids';
import { askSites } from '../gate/open-sites';
import { balancerNames } from './balancer-addresses';

/**
 * Connects to endpoints and holds what they accept and refuse to their plan.
 *
 * @param endpoints - those in the cloud without an address: their balancers say it
 */
export async function handshakes(sites: readonly Site[], endpoints: readonly LiveEndpoint[], client: ClientFiles): Promise<Finding[]> {
  // A site that has fallen silent since it was probed keeps nobody from the endpoints of the others.
  const { open, unreachable } = await askSites(sites.filter(({ kind }) => kind === 'cloud'));
  const cloud = open.filter((one) => 'clients' in one);
  const names = new Map(
    await Promise.all(
      cloud.map(async ({ site, clients }) => [site.id, await answered(balancerNames(site, clients), new Map<string, string>())] as const),
    ),
  );
  const failures = new Map(unreachable.map(({ site, problems }) => [site.id, problems.map(({ message }) => message).join('; ')]));
  const located = endpoints.map((endpoint) => {
    const { value, failure = failures.get(endpoint.site) } = names.get(endpoint.site) ?? {};
    return { ...endpoint, address: endpoint.address ?? value?.get(endpoint.zone), addressFailure: failure };
  });
  const findings: Finding[] = [];
  for (const endpoint of located) findings.push(await judgeEndpoint(endpoint, client));
  return findings;
}
