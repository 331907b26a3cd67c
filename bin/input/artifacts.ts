import { artifactDigests, type Digests, inputDigests, readDigests } from '../../lib/artifacts/digests';
import { type ArtifactFolders, foldersIn } from '../../lib/artifacts/folders';
import type { CloudSite, OnPremSite, Site } from '../../lib/artifacts/site';
import { artifactProblems } from '../../lib/artifacts/wholeness';
import { sha256 } from '../../lib/core/digest';
import type { Problem } from '../../lib/core/problem';
import type { EstatePlan } from '../../lib/estate/plan-schema';
import { describeEstate } from './plan';

/** The whole artifacts of an estate, and its sites as deployment sees them. */
export interface Artifacts {
  readonly plan: EstatePlan;
  readonly folders: ArtifactFolders;
  /** Digest of the digests of the artifacts. */
  readonly digest: string;
  /** The same of what is there now: whoever synthesizes in the meantime changes it. */
  readonly digestNow: () => string | undefined;
  /** In the order in which the description declares them. */
  readonly sites: readonly Site[];
}

/**
 * Finds the artifacts of an estate in a folder.
 *
 * @returns problems where they are not whole, or not of this estate
 */
export async function artifactsOf(
  estate: string | undefined,
  out: string,
): Promise<{ artifacts?: Artifacts; problems: readonly Problem[] }> {
  const { plan, source, problems } = await describeEstate(estate);
  if (!plan || !source) return { problems };
  const folders = foldersIn(out);
  const notWhole = artifactProblems(folders, inputDigests(source.raw));
  const digests = readDigests(folders);
  if (notWhole.length > 0 || !digests) return { problems: notWhole };
  const declared = Object.keys((source.raw as { sites?: object }).sites ?? {});
  const sites = [...plan.sites].sort((one, other) => declared.indexOf(one.id) - declared.indexOf(other.id)).map(siteOf);
  const digestNow = () => digestNowOf(folders);
  return { artifacts: { plan, folders, digest: digestOf(digests.artifacts), digestNow, sites }, problems: [] };
}

function digestOf(artifacts: Digests['artifacts']): string {
  return sha256(JSON.stringify(artifacts));
}

/** None where a file goes while it is read: a synthesis is under way. */
function digestNowOf(folders: ArtifactFolders): string | undefined {
  try {
    return digestOf(artifactDigests(folders));
  } catch {
    return undefined;
  }
}

function siteOf(site: EstatePlan['sites'][number]): Site {
  if (site.kind === 'cloud') return { kind: site.kind, id: site.id, account: site.account, region: site.region } satisfies CloudSite;
  return { kind: site.kind, id: site.id, context: site.context, clusterIdentity: site.clusterIdentity } satisfies OnPremSite;
}
