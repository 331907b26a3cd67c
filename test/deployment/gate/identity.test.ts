import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { CloudSite, OnPremSite } from '../../../lib/artifacts/site';
import { Refusal } from '../../../lib/core/refusal';
import { openSites } from '../../../lib/deployment/gate/open-sites';
import { type Answer, answerForBoth, type StandIn, standIn } from '../../support/stand-in-api';

const onPrem: OnPremSite = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'firm-own' };
const cloud: CloudSite = { kind: 'cloud', id: 'cloud', account: '111122223333', region: 'eu-west-1' };

const folder = mkdtempSync(join(tmpdir(), 'diptych-identity-'));

let api: StandIn | undefined;

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

async function serve(answer: (method: string, path: string) => Answer | undefined): Promise<void> {
  api = await standIn(answer);
  answerForBoth(api);
}

async function refusal(work: Promise<unknown>): Promise<[string, string[]]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('it was not refused');
  return [error.kind, error.problems.map(({ code }) => code)];
}

function cluster(labels: Readonly<Record<string, string>>) {
  return (_method: string, path: string): Answer | undefined => {
    if (path === '/version') return [200, { gitVersion: 'v1.34.4' }];
    return path === '/api/v1/namespaces/kube-system' ? [200, { metadata: { labels } }] : undefined;
  };
}

function caller(account: string): Answer {
  const result = `<GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn><UserId>u</UserId></GetCallerIdentityResult>`;
  return [200, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`];
}

describe('a cluster', () => {
  it('openSites opens a cluster that has the label of its site', async () => {
    await serve(cluster({ 'diptych/site': 'firm-own' }));
    expect(await openSites([onPrem])).toHaveLength(1);
  });

  it('openSites refuses a cluster of another site with DEP003', async () => {
    await serve(cluster({ 'diptych/site': 'firm-other' }));
    expect(await refusal(openSites([onPrem]))).toEqual(['refused', ['DEP003']]);
  });

  it('openSites refuses a cluster that rejects the credentials with DEP013', async () => {
    await serve((_method, path) => (path === '/version' ? [200, {}] : [403, { reason: 'Forbidden', message: 'no' }]));
    expect(await refusal(openSites([onPrem]))).toEqual(['refused', ['DEP013']]);
  });

  it('openSites reports a cluster that does not answer as unreachable with DEP002', async () => {
    vi.stubEnv('KUBECONFIG', await kubeconfigOfNobody());
    expect(await refusal(openSites([onPrem]))).toEqual(['unreachable', ['DEP002']]);
  });

  it('openSites refuses a context that is not in the kubeconfig with DEP008', async () => {
    await serve(() => undefined);
    expect(await refusal(openSites([{ ...onPrem, context: 'elsewhere' }]))).toEqual(['refused', ['DEP008']]);
  });
});

describe('an AWS account', () => {
  it('openSites opens an account that the credentials belong to', async () => {
    await serve(() => caller(cloud.account));
    expect(await openSites([cloud])).toHaveLength(1);
  });

  it('openSites refuses another account with DEP004', async () => {
    await serve(() => caller('444455556666'));
    expect(await refusal(openSites([cloud]))).toEqual(['refused', ['DEP004']]);
  });

  it('openSites refuses credentials that AWS rejects with DEP013', async () => {
    const error = '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>no</Message></Error></ErrorResponse>';
    await serve(() => [403, error]);
    expect(await refusal(openSites([cloud]))).toEqual(['refused', ['DEP013']]);
  });

  it('openSites cannot tell anything about an account without credentials, and says so with DEP031', async () => {
    await serve(() => caller(cloud.account));
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, '');
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    expect(await refusal(openSites([cloud]))).toEqual(['unreachable', ['DEP031']]);
    await expect(openSites([cloud])).rejects.toThrow(/^sites\/cloud: no valid AWS credentials were found; .* must be set up/);
    expect(api?.asked).toEqual([]);
  });

  it('openSites reports the problems of all sites, and a refused site outweighs an unreachable one', async () => {
    await serve(() => caller('444455556666'));
    vi.stubEnv('KUBECONFIG', await kubeconfigOfNobody());
    expect(await refusal(openSites([cloud, onPrem]))).toEqual(['refused', ['DEP004', 'DEP002']]);
  });
});

/** A kubeconfig whose server address refuses connections. */
async function kubeconfigOfNobody(): Promise<string> {
  const gone = await standIn(() => undefined);
  const copy = join(folder, 'kubeconfig');
  copyFileSync(gone.kubeconfig, copy);
  await gone.stop();
  return copy;
}
