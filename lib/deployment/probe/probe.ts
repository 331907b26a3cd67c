import type { Site } from '../../artifacts/site';
import { type Outputs, readStacks, type Stack } from '../../artifacts/stacks';
import type { Finding } from '../../core/finding';
import { byCodeUnit } from '../../core/order';
import { askSites, type UnreachableSite } from '../gate/open-sites';
import type { Accepted } from './aws/accepted-unknown';
import { probeCloud } from './aws/probe-site';
import { probeCluster } from './kubernetes/probe-cluster';
import { unansweredFindings } from './unanswered';

/** What was found, and which sites said nothing. */
export interface Probed {
  readonly findings: readonly Finding[];
  readonly unreachable: readonly UnreachableSite[];
}

/**
 * Reads sites back from their control planes and compares them with what was emitted for them, one by one.
 *
 * Of a site that does not answer everything is unknown; the others are read all the same.
 *
 * @throws {Refusal} where a site is another than meant
 */
export async function probe(outputs: Outputs, sites: readonly Site[], accepted: Accepted): Promise<Probed> {
  const { open, unreachable } = await askSites(sites);
  const stacks = readStacks(outputs, sites);
  const stacksOf = ({ id }: Site): Stack[] => stacks.filter(({ site }) => site === id);
  const found = await Promise.all(
    open.map((one) =>
      'objects' in one
        ? probeCluster(one.site, stacksOf(one.site), one.objects)
        : probeCloud(one.site, stacksOf(one.site), one.clients, accepted),
    ),
  );
  const unknown = unreachable.flatMap(({ site, problems }) => unansweredFindings(site, stacksOf(site), problems));
  const findings = [...found.flat(), ...unknown].sort(
    (one, other) => byCodeUnit(one.site, other.site) || byCodeUnit(one.resource, other.resource),
  );
  return { findings, unreachable };
}
