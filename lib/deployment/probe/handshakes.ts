import type { Site } from '../../artifacts/site';
import type { Finding } from '../../core/finding';
import type { ClientFiles, LiveEndpoint } from '../../handshake/endpoint';
import { judgeEndpoint } from '../../handshake/judge';
import { answered } from '../aws/physical-ids';
import { askSites } from '../gate/open-sites';
import { balancerNames } from './balancer-addresses';

/**
 * Connects to endpoints and compares what they accept and refuse with the plan.
 *
 * @param endpoints - cloud endpoints have no address yet; the DNS name of their load balancer is looked up
 */
export async function handshakes(sites: readonly Site[], endpoints: readonly LiveEndpoint[], client: ClientFiles): Promise<Finding[]> {
  // A site that has become unreachable since the probe must not prevent the endpoints of other sites from being tried.
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
