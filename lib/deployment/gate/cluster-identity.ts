import type { OnPremSite } from '../../artifacts/site';
import { siteLabel } from '../../core/labels';
import { quote } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import { Connection } from '../kubernetes/client/connection';
import { CredentialsTimeout } from '../kubernetes/client/exec-plugin';
import { Objects } from '../kubernetes/client/objects';
import { controlPlaneRefusal } from './control-plane-errors';

/** Milliseconds to wait for the API server to answer. */
const timeoutMilliseconds = 5_000;

/**
 * Connects to the cluster of a site and checks that it is the right one.
 *
 * @throws {Refusal} DEP002 if the API server does not answer, DEP003 if the cluster belongs to another site, DEP008 if the kubeconfig does
 * not have the context, DEP013 if the credentials are rejected, DEP030 if there is no kubeconfig
 */
export async function openCluster(site: OnPremSite, signal?: AbortSignal): Promise<Objects> {
  const connection = Connection.open(site.context, { signal });
  const identity = await identityOf(connection, site, signal);
  if (identity !== site.clusterIdentity) throw otherCluster(site, identity);
  return new Objects(connection);
}

async function identityOf(connection: Connection, site: OnPremSite, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    await connection.ask('GET', 'version', { timeoutMilliseconds });
    const namespace = await connection.ask('GET', 'api/v1/namespaces/kube-system', { timeoutMilliseconds });
    return (namespace as { metadata: { labels?: Record<string, string> } }).metadata.labels?.[siteLabel];
  } catch (error) {
    signal?.throwIfAborted();
    throw controlPlaneRefusal(`sites/${site.id}`, error) ?? unreachable(site, connection.address, error as Error);
  }
}

function unreachable(site: OnPremSite, address: string, error: Error): Refusal {
  const silence = `the API server at ${address} does not answer within ${timeoutMilliseconds / 1000} s: ${quote(reason(error))}`;
  return new Refusal('unreachable', [
    deploymentProblem('DEP002', `sites/${site.id}`, {
      wrong: error instanceof CredentialsTimeout ? error.message : silence,
      rule: 'the control plane of every site must answer',
      fix: 'Check the address, the network and the credentials, or leave the site out: --site-lost, or --site with the others when destroying.',
    }),
  ]);
}

/** Messages of the nested errors, such as one for each address that was tried. */
function reason(error: Error & { code?: string; errors?: readonly Error[] }): string {
  return error.errors?.map((one) => one.message).join(', ') || error.message || error.code || error.name;
}

function otherCluster(site: OnPremSite, identity: string | undefined): Refusal {
  const about = `the cluster of context ${site.context}`;
  return new Refusal('refused', [
    deploymentProblem('DEP003', `sites/${site.id}`, {
      wrong: identity === undefined ? `${about} has no label ${siteLabel}` : `${about} is labeled for another site`,
      rule: `its namespace kube-system must have the label ${siteLabel}=${site.clusterIdentity}`,
      got: identity,
      fix: `Correct the context ${site.context} in the kubeconfig, or label the cluster once if it is the right one.`,
    }),
  ]);
}
