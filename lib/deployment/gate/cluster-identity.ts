import type { OnPremSite } from '../../artifacts/site';
import { siteLabel } from '../../core/labels';
import { problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { Connection } from '../kubernetes/client/connection';
import { Objects } from '../kubernetes/client/objects';
import { controlPlaneRefusal } from './control-plane-errors';

/** Milliseconds in which a cluster has to answer. */
const timeoutMilliseconds = 5_000;

/**
 * Opens the cluster of a site after it has proven to be that site's.
 *
 * @throws {Refusal} DEP002 where it does not answer, DEP003 where it is another, DEP013 where the credentials may not ask, DEP008 where the kubeconfig does not know it
 */
export async function openCluster(site: OnPremSite): Promise<Objects> {
  const connection = Connection.open(site.context);
  const identity = await identityOf(connection, site);
  if (identity !== site.clusterIdentity) throw otherCluster(site, identity);
  return new Objects(connection);
}

async function identityOf(connection: Connection, site: OnPremSite): Promise<string | undefined> {
  try {
    await connection.ask('GET', 'version', { timeoutMilliseconds });
    const namespace = await connection.ask('GET', 'api/v1/namespaces/kube-system', { timeoutMilliseconds });
    return (namespace as { metadata: { labels?: Record<string, string> } }).metadata.labels?.[siteLabel];
  } catch (error) {
    throw controlPlaneRefusal(`sites/${site.id}`, error) ?? unreachable(site, connection.address, error as Error);
  }
}

function unreachable(site: OnPremSite, address: string, error: Error): Refusal {
  const as = `its API at ${address} must answer within ${timeoutMilliseconds / 1000} s`;
  const fix =
    'Check the address, the network and the credentials, or leave the site out: --site-lost, or --site with the others where destroying.';
  return new Refusal('unreachable', [
    problem('DEP002', `sites/${site.id}`, { cannot: 'reach the cluster', as, value: reason(error), fix }),
  ]);
}

/** The nested reasons of an error that wraps others, such as one for each address that was tried. */
function reason(error: Error & { code?: string; errors?: readonly Error[] }): string {
  return error.errors?.map((one) => one.message).join(', ') || error.message || error.code || error.name;
}

function otherCluster(site: OnPremSite, identity: string | undefined): Refusal {
  const as = `its namespace kube-system must carry ${siteLabel}=${site.clusterIdentity}`;
  const fix = `Correct the context ${site.context} in the kubeconfig, or label the cluster once if it is the right one.`;
  return new Refusal('refused', [problem('DEP003', `sites/${site.id}`, { cannot: 'use the cluster', as, value: identity, fix })]);
}
