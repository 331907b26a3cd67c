import type { CloudSite, OnPremSite, Site } from '../../artifacts/site';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { CloudClients } from '../aws/clients';
import type { Objects } from '../kubernetes/client/objects';

/** A site whose control plane has answered and proven to be the one meant. */
export type OpenSite =
  | { readonly site: CloudSite; readonly clients: CloudClients }
  | { readonly site: OnPremSite; readonly objects: Objects };

/** A site whose control plane does not answer, and why. */
export interface UnreachableSite {
  readonly site: Site;
  readonly problems: readonly Problem[];
}

/**
 * Asks every site who it is, all at once, before anything is changed anywhere.
 *
 * @throws {Refusal} with what is wrong with all of them; one that is another than meant weighs more than one that is silent
 */
export async function openSites(sites: readonly Site[]): Promise<OpenSite[]> {
  const { open, unreachable } = await askSites(sites);
  if (unreachable.length > 0) throw new Refusal('unreachable', problemsOf(unreachable));
  return open;
}

/**
 * Asks every site who it is, all at once, and goes on without those that do not answer.
 *
 * @throws {Refusal} where one is another than meant, with what is wrong with all of them
 */
export async function askSites(sites: readonly Site[]): Promise<{ open: OpenSite[]; unreachable: UnreachableSite[] }> {
  const outcomes = await Promise.all(
    sites.map((site) =>
      openSite(site).catch((error: unknown) => {
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

/** The clients of a half are loaded only where it is dealt with. */
async function openSite(site: Site): Promise<OpenSite> {
  if (site.kind === 'cloud') {
    // What the SDK will need of Node in later versions is no news for who deploys with this one.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const [{ checkAccount }, { clientsOf }] = await Promise.all([import('./aws-account.js'), import('../aws/clients.js')]);
    await checkAccount(site);
    return { site, clients: clientsOf(site) };
  }
  const { openCluster } = await import('./cluster-identity.js');
  return { site, objects: await openCluster(site) };
}
