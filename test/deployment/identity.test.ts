import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { takeLease } from '../../lib/deployment/cluster/lease';
import { openSites } from '../../lib/deployment/open-sites';
import { Refusal } from '../../lib/deployment/refusal';
import type { CloudSite, OnPremSite } from '../../lib/deployment/site';
import { type Answer, type StandIn, standIn } from './stand-in-api';

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
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  vi.stubEnv('AWS_ENDPOINT_URL', api.address);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
}

async function refusal(work: Promise<unknown>): Promise<[string, string[]]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('it was not refused');
  return [error.kind, error.problems.map(({ code }) => code)];
}

function cluster(labels: Readonly<Record<string, string>>, more: (method: string, path: string) => Answer | undefined = () => undefined) {
  return (method: string, path: string): Answer | undefined => {
    if (path === '/version') return [200, { gitVersion: 'v1.34.4' }];
    if (path === '/api/v1/namespaces/kube-system') return [200, { metadata: { labels } }];
    return more(method, path);
  };
}

function caller(account: string): Answer {
  const result = `<GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn><UserId>u</UserId></GetCallerIdentityResult>`;
  return [200, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`];
}

describe('a cluster', () => {
  it('is opened where it carries the identity of its site', async () => {
    await serve(cluster({ 'diptych/site': 'firm-own' }));
    expect(await openSites([onPrem])).toHaveLength(1);
  });

  it('that is another is refused', async () => {
    await serve(cluster({ 'diptych/site': 'firm-other' }));
    expect(await refusal(openSites([onPrem]))).toEqual(['refused', ['DEP003']]);
  });

  it('that lets nobody look is refused', async () => {
    await serve((_method, path) => (path === '/version' ? [200, {}] : [403, { reason: 'Forbidden', message: 'no' }]));
    expect(await refusal(openSites([onPrem]))).toEqual(['refused', ['DEP013']]);
  });

  it('that does not answer is unreachable at once', async () => {
    vi.stubEnv('KUBECONFIG', await kubeconfigOfNobody());
    expect(await refusal(openSites([onPrem]))).toEqual(['unreachable', ['DEP002']]);
  });

  it('that the kubeconfig does not know is refused', async () => {
    await serve(() => undefined);
    expect(await refusal(openSites([{ ...onPrem, context: 'elsewhere' }]))).toEqual(['refused', ['DEP008']]);
  });
});

describe('an account', () => {
  it('is opened where the credentials belong to it', async () => {
    await serve(() => caller(cloud.account));
    expect(await openSites([cloud])).toHaveLength(1);
  });

  it('that is another is refused', async () => {
    await serve(() => caller('444455556666'));
    expect(await refusal(openSites([cloud]))).toEqual(['refused', ['DEP004']]);
  });

  it('that does not know the credentials is refused', async () => {
    const error = '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>no</Message></Error></ErrorResponse>';
    await serve(() => [403, error]);
    expect(await refusal(openSites([cloud]))).toEqual(['refused', ['DEP013']]);
  });

  it('is told of together with everything else that is wrong, and weighs more than silence', async () => {
    await serve(() => caller('444455556666'));
    vi.stubEnv('KUBECONFIG', await kubeconfigOfNobody());
    expect(await refusal(openSites([cloud, onPrem]))).toEqual(['refused', ['DEP004', 'DEP002']]);
  });
});

describe('the Lease of a cluster', () => {
  const path = '/apis/coordination.k8s.io/v1';
  const lease = `${path}/namespaces/kube-system/leases/diptych-deployment`;
  const resources: Answer = [200, { resources: [{ kind: 'Lease', name: 'leases', namespaced: true }] }];

  function held(spec: object, annotations: object = {}) {
    return cluster({ 'diptych/site': 'firm-own' }, (_method, asked) => {
      if (asked === path) return resources;
      return asked === lease ? [200, { metadata: { name: 'diptych-deployment', resourceVersion: '1', annotations }, spec }] : undefined;
    });
  }

  async function take() {
    const [open] = await openSites([onPrem]);
    if (!open || !('objects' in open)) throw new Error('it was not opened');
    return takeLease(open.objects, 'own', () => {});
  }

  it('is refused while somebody renews it', async () => {
    await serve(held({ holderIdentity: 'another:1', leaseDurationSeconds: 60, renewTime: new Date().toISOString() }));
    expect(await refusal(take())).toEqual(['refused', ['DEP005']]);
  });

  it('is taken over where it was not renewed in time', async () => {
    await serve(held({ holderIdentity: 'another:1', leaseDurationSeconds: 60, renewTime: '2026-01-01T00:00:00.000000Z' }));
    const taken = await take();
    expect(taken.takenFrom).toBe('another:1');
    await taken.release();
    expect(api?.asked.filter((asked) => asked === `PUT ${lease}` || asked === `DELETE ${lease}`)).toHaveLength(2);
  });

  it('is taken over at once from a process of this machine that is gone', async () => {
    const annotations = { 'diptych/holder': JSON.stringify({ host: hostname(), pid: 2 ** 30 }) };
    await serve(held({ holderIdentity: `${hostname()}:1`, leaseDurationSeconds: 60, renewTime: new Date().toISOString() }, annotations));
    await (await take()).release();
  });
});

/** A kubeconfig that leads to a port that nobody listens on any more. */
async function kubeconfigOfNobody(): Promise<string> {
  const gone = await standIn(() => undefined);
  const copy = join(folder, 'kubeconfig');
  copyFileSync(gone.kubeconfig, copy);
  await gone.stop();
  return copy;
}
