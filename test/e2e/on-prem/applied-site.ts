import type { OnPremSitePlan } from '../../../lib/estate/plan-schema';
import type { Cluster } from '../harness/cluster';
import { onPremSiteOf, synthesize } from '../harness/example';
import { type StackManifests, writeManifests } from './manifests';

/** Manifests of an on-prem site, written to a folder. */
export async function siteManifests(estate: string, out: string): Promise<{ site: OnPremSitePlan; stacks: StackManifests[] }> {
  const site = onPremSiteOf((await synthesize(estate, out)).plan);
  const names = ['core', 'extensions', 'tiers'].map((part) => `${site.id}-${part}`);
  return { site, stacks: await writeManifests(out, names) };
}

/**
 * Applies a site stack by stack.
 *
 * @returns the number of accepted objects and of all objects
 */
export async function applySite({ kubectl }: Cluster, stacks: readonly StackManifests[]): Promise<{ done: number; of: number }> {
  let done = 0;
  for (const { folder, objects } of stacks) {
    if (objects.length === 0) continue;
    done += appliedLines(await kubectl.run(['apply', '--server-side', '--validate=strict', `--filename=${folder}`])).length;
  }
  return { done, of: stacks.flatMap(({ objects }) => objects).length };
}

/** Lines of `kubectl apply` that report an applied object. */
export function appliedLines(output: string): string[] {
  return output.split('\n').filter((line) => line.includes('serverside-applied'));
}
