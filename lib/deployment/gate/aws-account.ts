import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CloudSite } from '../../artifacts/site';
import { type Problem, quote } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import { controlPlaneRefusal } from './control-plane-errors';

/** Milliseconds to wait for STS to answer. */
const timeoutMilliseconds = 5_000;

/** Names of SDK errors that mean that there are no credentials to send, or that they have expired. */
const noCredentials = /^(?:CredentialsProviderError|TokenProviderError|ExpiredToken(?:Exception)?)$/;

/**
 * Checks that AWS can be reached and that the credentials belong to the account of a site.
 *
 * @throws {Refusal} DEP002 if AWS does not answer, DEP004 if the account is another one, DEP013 if the credentials are rejected,
 * DEP031 if there are none
 */
export async function checkAccount(site: CloudSite, signal?: AbortSignal): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const client = new STSClient({ region: site.region, maxAttempts: 1 });
  const account = await client
    .send(new GetCallerIdentityCommand({}), { abortSignal: signal ? AbortSignal.any([timeout, signal]) : timeout })
    .then(({ Account }) => Account)
    .catch((error: Error) => {
      signal?.throwIfAborted();
      if (noCredentials.test(error.name)) throw new Refusal('unreachable', [withoutCredentials(site, error)]);
      throw controlPlaneRefusal(`sites/${site.id}`, error) ?? new Refusal('unreachable', [unreachable(site, error)]);
    })
    .finally(() => client.destroy());
  if (account !== site.account) throw new Refusal('refused', [otherAccount(site, account)]);
}

function unreachable(site: CloudSite, error: Error & { code?: string }): Problem {
  const where = process.env.AWS_ENDPOINT_URL ?? `AWS in ${site.region}`;
  return deploymentProblem('DEP002', `sites/${site.id}`, {
    wrong: `${where} does not answer within ${timeoutMilliseconds / 1000} s: ${quote(error.code ?? error.message)}`,
    rule: 'the control plane of every site must answer',
    fix: 'Check the endpoint and the network, or leave the site out: --site-lost, or --site with the others when destroying.',
  });
}

function withoutCredentials(site: CloudSite, { message }: Error): Problem {
  const { AWS_PROFILE } = process.env;
  return deploymentProblem('DEP031', `sites/${site.id}`, {
    wrong: AWS_PROFILE ? `the AWS profile ${AWS_PROFILE} has no valid credentials` : 'no valid AWS credentials were found',
    rule: `credentials of account ${site.account} must be set up, as for the AWS command line`,
    fix: `Log in, for example with aws sso login, or set AWS_PROFILE; or leave the site out with --only on-prem. AWS reported: ${message}`,
  });
}

function otherAccount(site: CloudSite, account: string | undefined): Problem {
  return deploymentProblem('DEP004', `sites/${site.id}`, {
    wrong: 'the credentials belong to another AWS account',
    rule: `they must belong to account ${site.account}`,
    got: account,
    fix: 'Use credentials of the account of the site.',
  });
}
