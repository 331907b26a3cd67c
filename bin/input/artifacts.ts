import { artifactDigests, type Digests, declaredSites, digestOf, inputDigests, readDigests } from '../../lib/artifacts/digests';
import { type ArtifactFolders, foldersIn } from '../../lib/artifacts/folders';
import { readPlan } from '../../lib/artifacts/plan-file';
import type { CloudSite, OnPremSite, Site } from '../../lib/artifacts/site';
import { stackProblems } from '../../lib/artifacts/stacks';
import { artifactProblems } from '../../lib/artifacts/wholeness';
import type { Problem } from '../../lib/core/problem';
import { type EstatePlan, estatePlan, planVersion } from '../../lib/estate/plan-schema';

/** The artifacts of an estate, and its sites as deployment sees them. */
export interface Artifacts {
  readonly plan: EstatePlan;
  readonly folders: ArtifactFolders;
  /** Digest of the digests of the artifacts, and of the version of Diptych that made them. */
  readonly digest: string;
  /** The same of the files as they are now; undefined while they cannot be read. */
  readonly digestNow: () => string | undefined;
  /** In the order in which the description declares them. */
  readonly sites: readonly Site[];
  /** What is wrong with artifacts that were allowed to be edited. */
  readonly warnings: readonly Problem[];
}

/** Which artifacts are accepted. */
export interface LoadOptions {
  /** Description that the artifacts must be made from; without it, that of any estate will do. */
  readonly estate?: string;
  /**
   * Whether artifacts that are incomplete, were edited or are of another version are accepted with warnings, for commands that only read.
   *
   * What cannot be read at all is refused all the same: a manifest or a plan that is missing or has another shape.
   *
   * @default false
   */
  readonly allowEdited?: boolean;
}

/** Reads the artifacts in a folder: the plan is read from `plan.json`, so the source of the estate need not be there. */
export async function loadArtifacts(
  out: string,
  { estate, allowEdited = false }: LoadOptions = {},
): Promise<{ artifacts?: Artifacts; problems: readonly Problem[] }> {
  const { made, problems: unreadable } = estate === undefined ? { made: undefined, problems: [] } : await madeFrom(estate);
  if (unreadable.length > 0) return { problems: unreadable };
  const folders = foldersIn(out);
  const warnings = artifactProblems(folders, made);
  if (warnings.length > 0 && !allowEdited) return { problems: warnings };
  const read = readPlan(folders, planVersion, estatePlan);
  if ('problem' in read) return { problems: [read.problem] };
  const found = readDigests(folders);
  const recorded = 'data' in found ? found.data : undefined;
  const sites = sitesOf(read.data, recorded?.deploymentOrder);
  const problems = stackProblems(folders, sites);
  if (problems.length > 0) return { problems };
  const digestNow = () => digestOf({ diptych: recorded?.diptych, artifacts: artifactDigests(folders) });
  const digest = recorded && warnings.length === 0 ? digestOf(recorded) : digestNow();
  return {
    artifacts: { plan: read.data, folders, digest, digestNow: () => orUndefined(digestNow), sites, warnings },
    problems: [],
  };
}

/** The digests of a description and its order of sites; it is loaded for them but not planned. */
async function madeFrom(estate: string): Promise<{ made?: Pick<Digests, 'inputs' | 'deploymentOrder'>; problems: readonly Problem[] }> {
  const [{ loadEstate }, { withRelativeFiles }] = await Promise.all([
    import('../../lib/estate/load/load.js'),
    import('../../lib/estate/load/source.js'),
  ]);
  const { source, problems } = await loadEstate(estate, process.cwd());
  if (!source) return { problems: withRelativeFiles(process.cwd(), problems) };
  return { made: { inputs: inputDigests(source.raw), deploymentOrder: declaredSites(source.raw) }, problems: [] };
}

/** Undefined where a file goes while it is read: a synthesis is under way. */
function orUndefined(digest: () => string): string | undefined {
  try {
    return digest();
  } catch {
    return undefined;
  }
}

function sitesOf({ sites }: EstatePlan, order: readonly string[] = []): Site[] {
  return [...sites].sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id)).map(siteOf);
}

function siteOf(site: EstatePlan['sites'][number]): Site {
  if (site.kind === 'cloud') return { kind: site.kind, id: site.id, account: site.account, region: site.region } satisfies CloudSite;
  return { kind: site.kind, id: site.id, context: site.context, clusterIdentity: site.clusterIdentity } satisfies OnPremSite;
}
