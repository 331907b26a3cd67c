import type { ArtifactFolders } from '../../artifacts/folders';
import type { Site } from '../../artifacts/site';
import { readStacks, type Stack } from '../../artifacts/stacks';
import type { Finding } from '../../core/finding';
import { byCodeUnit } from '../../core/order';
import { askSites, type UnreachableSite } from '../gate/open-sites';
import { probeCloudSite } from './aws/probe-site';
import { probeCluster } from './kubernetes/probe-cluster';
import { unreachableSiteFindings } from './unreachable-site';

/** Findings of all sites, and the sites whose control planes did not answer. */
export interface ProbeResult {
  readonly findings: readonly Finding[];
  readonly unreachable: readonly UnreachableSite[];
}

/**
 * Compares the live resources of sites with the emitted ones.
 *
 * A site that does not answer gets the verdict `unknown` for all its resources and does not prevent the others from being read.
 *
 * @throws {Refusal} if a control plane belongs to another site or account
 */
export async function probe(outputs: ArtifactFolders, sites: readonly Site[]): Promise<ProbeResult> {
  const { open, unreachable } = await askSites(sites);
  const stacks = readStacks(outputs, sites);
  const stacksOf = ({ id }: Site): Stack[] => stacks.filter(({ site }) => site === id);
  const found = await Promise.all(
    open.map((one) =>
      'objects' in one
        ? probeCluster(one.site, stacksOf(one.site), one.objects)
        : probeCloudSite(one.site, stacksOf(one.site), one.clients),
    ),
  );
  const unknown = unreachable.flatMap(({ site, problems }) => unreachableSiteFindings(site, stacksOf(site), problems));
  const findings = [...found.flat(), ...unknown].sort(
    (one, other) => byCodeUnit(one.site, other.site) || byCodeUnit(one.resource, other.resource),
  );
  return { findings, unreachable };
}
