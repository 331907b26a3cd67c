import type { CloudClients } from './cloud/clients';
import type { Objects } from './cluster/objects';
import { Refusal } from './refusal';
import type { CloudSite, OnPremSite, Site } from './site';

/** A site whose control plane has answered and proven to be the one meant. */
export type OpenSite =
  | { readonly site: CloudSite; readonly clients: CloudClients }
  | { readonly site: OnPremSite; readonly objects: Objects };

/**
 * Asks every site who it is, all at once, before anything is changed anywhere.
 *
 * @throws {Refusal} with what is wrong with all of them; one that is another than meant weighs more than one that is silent
 */
export async function openSites(sites: readonly Site[]): Promise<OpenSite[]> {
  const outcomes = await Promise.allSettled(sites.map(openSite));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  const refusals = failures.filter((failure) => failure instanceof Refusal);
  if (failures.length > refusals.length) throw failures.find((failure) => !(failure instanceof Refusal));
  if (refusals.length > 0) {
    const kind = refusals.some((refusal) => refusal.kind === 'refused') ? 'refused' : 'unreachable';
    throw new Refusal(
      kind,
      refusals.flatMap(({ problems }) => problems),
    );
  }
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** The clients of a half are loaded only where it is dealt with. */
async function openSite(site: Site): Promise<OpenSite> {
  if (site.kind === 'cloud') {
    // What the SDK will need of Node in later versions is no news for who deploys with this one.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const [{ checkAccount }, { clientsOf }] = await Promise.all([import('./cloud/identity.js'), import('./cloud/clients.js')]);
    await checkAccount(site);
    return { site, clients: clientsOf(site) };
  }
  const { openCluster } = await import('./cluster/identity.js');
  return { site, objects: await openCluster(site) };
}
