import { byCodeUnit } from '../../core/order';
import { openSites } from '../open-sites';
import type { Site } from '../site';
import { type Outputs, readStacks } from '../stacks';
import type { Accepted } from './accepted';
import { probeCloud } from './cloud';
import { probeCluster } from './cluster';
import type { Finding } from './finding';

/**
 * Reads sites back from their control planes and compares them with what was emitted for them, one by one.
 *
 * @throws {Refusal} where a site does not answer or is another than meant
 */
export async function probe(outputs: Outputs, sites: readonly Site[], accepted: Accepted): Promise<Finding[]> {
  const open = await openSites(sites);
  const stacks = readStacks(outputs, sites);
  const findings = await Promise.all(
    open.map((one) => {
      const own = stacks.filter(({ site }) => site === one.site.id);
      return 'objects' in one ? probeCluster(one.site, own, one.objects) : probeCloud(one.site, own, one.clients, accepted);
    }),
  );
  return findings.flat().sort((one, other) => byCodeUnit(one.site, other.site) || byCodeUnit(one.resource, other.resource));
}
