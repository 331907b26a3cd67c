import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OnPremSite } from '../../../lib/artifacts/site';
import type { StackKind } from '../../../lib/artifacts/stack-kinds';
import { StepFailure } from '../../../lib/core/refusal';
import type { OnPremTool } from '../../../lib/deployment/model/step';
import { planDeployment } from '../../../lib/deployment/run/preview';
import { type Answer, type StandIn, standIn } from '../../support/stand-in-api';

const site: OnPremSite = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'firm-own' };

const settings = '/api/v1/namespaces/risk/configmaps/settings';

let folder: string;
let api: StandIn;

/** Response of the cluster to an apply request. */
let applied: Answer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-planned-'));
  api = await standIn((method, path) => {
    if (path === '/version') return [200, { gitVersion: 'v1.34.4' }];
    if (path === '/api/v1/namespaces/kube-system') return [200, { metadata: { labels: { 'diptych/site': 'firm-own' } } }];
    if (path === '/api/v1') return [200, { resources: [{ kind: 'ConfigMap', name: 'configmaps', namespaced: true }] }];
    if (!path.startsWith(settings)) return undefined;
    return method === 'PATCH' ? applied : [200, { metadata: { name: 'settings', namespace: 'risk' }, data: { value: 'old' } }];
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
  rmSync(folder, { recursive: true });
});

/** Artifacts of one stack with one ConfigMap, and of one that is empty. */
function outputs() {
  const [cloud, terraform] = [join(folder, 'cdk.out'), join(folder, 'cdktf.out')];
  const metadata = { name: 'settings', namespace: 'risk' };
  const files = {
    [join(cloud, 'manifest.json')]: { artifacts: {} },
    [join(terraform, 'manifest.json')]: {
      stacks: {
        'own-core': { dependencies: [], synthesizedStackPath: 'own-core/cdk.tf.json' },
        'own-tiers': { dependencies: ['own-core'], synthesizedStackPath: 'own-tiers/cdk.tf.json' },
      },
    },
    [join(terraform, 'own-tiers', 'cdk.tf.json')]: {},
    [join(terraform, 'own-core', 'cdk.tf.json')]: {
      resource: { kubernetes_config_map_v1: { settings: { metadata, data: { value: 'new' } } } },
    },
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(content));
  }
  return { cloud, terraform, diptych: join(folder, 'diptych.out') };
}

const plan = (onPremBy: OnPremTool, signal = new AbortController().signal, kinds: readonly StackKind[] = []) =>
  planDeployment({ estate: 'acme', outputs: outputs(), choice: { sites: [site], lost: [], kinds }, onPremBy, signal });

describe('planDeployment', () => {
  it('planDeployment reports an object that the cluster rejects as refused, with the reason', async () => {
    const why = 'ConfigMap "settings" is invalid: data: Forbidden: field is immutable when `immutable` is set';
    applied = [422, { reason: 'Invalid', message: why }];
    expect(await plan('apply')).toEqual([
      { stack: 'own-core', changes: [{ action: 'refused', what: 'ConfigMap risk/settings', why }] },
      { stack: 'own-tiers', changes: [] },
    ]);
  });

  it('names only stacks of the kinds that were chosen, and refuses a kind that the site does not have', async () => {
    applied = [200, {}];
    const { signal } = new AbortController();
    expect((await plan('apply', signal, ['tiers'])).map(({ stack }) => stack)).toEqual(['own-tiers']);
    const refused = await plan('apply', signal, ['tiers', 'network']).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'refused', problems: [{ code: 'ART013', path: '--stacks' }] });
  });

  it('planDeployment ends when it is cancelled', async () => {
    const reason = new Error('cancelled');
    await expect(plan('apply', AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('planDeployment keeps its log when a tool fails', async () => {
    writeFileSync(join(folder, 'terraform'), '#!/bin/sh\necho "Error: no such provider"; exit 1\n');
    chmodSync(join(folder, 'terraform'), 0o755);
    vi.stubEnv('PATH', folder);
    const failure = await plan('terraform').catch((error: unknown) => error as StepFailure);
    if (!(failure instanceof StepFailure)) throw new Error('it did not fail');
    const [, log = ''] = /Read (\S+),/.exec(failure.problem.fix) ?? [];
    expect(existsSync(log) && readFileSync(log, 'utf8')).toContain('no such provider');
    rmSync(dirname(log), { recursive: true });
  });
});
