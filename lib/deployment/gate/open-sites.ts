import type { CloudSite, OnPremSite, Site } from '../../artifacts/site';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { CloudClients } from '../aws/clients';
import type { Objects } from '../kubernetes/client/objects';

/** A site whose control plane has answered and passed the identity check, with its clients. */
export type OpenSite =
  | { readonly site: CloudSite; readonly clients: CloudClients }
  | { readonly site: OnPremSite; readonly objects: Objects };

/** A site whose control plane could not be reached, and the problems found. */
export interface UnreachableSite {
  readonly site: Site;
  readonly problems: readonly Problem[];
}

/**
 * Connects to all sites in parallel and checks their identity, before anything is changed anywhere.
 *
 * @param signal ends all requests to the sites, also those after this function has returned
 * @throws {Refusal} with the problems of all sites; its kind is `refused` if any site failed a check, else `unreachable`
 */
export async function openSites(sites: readonly Site[], signal?: AbortSignal): Promise<OpenSite[]> {
  const { open, unreachable } = await askSites(sites, signal);
  if (unreachable.length > 0) throw new Refusal('unreachable', problemsOf(unreachable));
  return open;
}

/**
 * Connects to all sites in parallel and returns those that cannot be reached separately.
 *
 * @throws {Refusal} if any site failed a check, with the problems of all sites
 */
export async function askSites(
  sites: readonly Site[],
  signal?: AbortSignal,
): Promise<{ open: OpenSite[]; unreachable: UnreachableSite[] }> {
  const outcomes = await Promise.all(
    sites.map((site) =>
      openSite(site, signal).catch((error: unknown) => {
        if (error instanceof Refusal) return { site, kind: error.kind, problems: error.problems };
        throw error;
      }),
    ),
  );
  const unreachable = outcomes.filter((outcome) => 'problems' in outcome);
  if (unreachable.some(({ kind }) => kind === 'refused')) throw new Refusal('refused', problemsOf(unreachable));
  return { open: outcomes.flatMap((outcome) => ('problems' in outcome ? [] : [outcome])), unreachable };
}

function problemsOf(sites: readonly UnreachableSite[]): Problem[] {
  return sites.flatMap(({ problems }) => problems);
}

/** Clients are imported on demand, so that a command that only uses one backend does not load the other. */
async function openSite(site: Site, signal: AbortSignal | undefined): Promise<OpenSite> {
  if (site.kind === 'cloud') {
    // The SDK's notice about future Node versions is of no use to the person who runs a deployment.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const [{ checkAccount }, { clientsOf }] = await Promise.all([import('./aws-account.js'), import('../aws/clients.js')]);
    await checkAccount(site, signal);
    return { site, clients: clientsOf(site, { signal }) };
  }
  const { openCluster } = await import('./cluster-identity.js');
  return { site, objects: await openCluster(site, signal) };
}
