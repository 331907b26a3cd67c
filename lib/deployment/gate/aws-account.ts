import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CloudSite } from '../../artifacts/site';
import { type Problem, problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { controlPlaneRefusal } from './control-plane-errors';

/** Milliseconds in which the cloud has to say who we are. */
const timeoutMilliseconds = 5_000;

/**
 * Makes sure that the cloud answers, and that the credentials in use belong to the account of a site.
 *
 * @throws {Refusal} DEP002 where it does not answer, DEP004 for another account, DEP013 where the credentials are no good
 */
export async function checkAccount(site: CloudSite): Promise<void> {
  const client = new STSClient({ region: site.region, maxAttempts: 1 });
  const account = await client
    .send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.timeout(timeoutMilliseconds) })
    .then(({ Account }) => Account)
    .catch((error: Error) => {
      throw controlPlaneRefusal(`sites/${site.id}`, error) ?? new Refusal('unreachable', [unreachable(site, error)]);
    })
    .finally(() => client.destroy());
  if (account !== site.account) throw new Refusal('refused', [otherAccount(site, account)]);
}

function unreachable(site: CloudSite, error: Error & { code?: string }): Problem {
  const where = process.env.AWS_ENDPOINT_URL ?? `AWS in ${site.region}`;
  const as = `${where} must answer within ${timeoutMilliseconds / 1000} s`;
  const fix = 'Check the endpoint and the network, or leave the site out: --site-lost, or --site with the others where destroying.';
  return problem('DEP002', `sites/${site.id}`, { cannot: 'reach the cloud', as, value: error.code ?? error.message, fix });
}

function otherAccount(site: CloudSite, account: string | undefined): Problem {
  const as = `the credentials must belong to account ${site.account}`;
  return problem('DEP004', `sites/${site.id}`, {
    cannot: 'use the account',
    as,
    value: account,
    fix: 'Use credentials of the account of the site.',
  });
}
