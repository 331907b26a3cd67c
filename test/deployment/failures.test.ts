import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Site } from '../../lib/artifacts/site';
import { deploymentCodes } from '../../lib/deployment/codes';
import { type ChoiceProps, chooseSites } from '../../lib/deployment/gate/choice';
import { Connection } from '../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../lib/deployment/kubernetes/client/objects';
import { waitForRollout } from '../../lib/deployment/kubernetes/rollout/rollout';
import { readAcceptedUnknowns } from '../../lib/deployment/probe/aws/accepted-unknown';
import { Terraform } from '../../lib/deployment/terraform/terraform';
import { type Answer, type StandIn, standIn } from '../support/stand-in-api';

const { signal } = new AbortController();
const said: string[] = [];

let folder: string;
let api: StandIn | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-failures-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await api?.stop();
  api = undefined;
});

const basildon: Site = { kind: 'on-prem', id: 'basildon', context: 'own', clusterIdentity: 'firm-own' };
const dublin: Site = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' };
const sites: readonly Site[] = [basildon, dublin];

describe('a choice of sites', () => {
  it('refuses a name that is none, and says which may be meant', () => {
    expect(() => chooseSites(sites, { site: ['basildn'] })).toThrow('DEP001');
    expect(() => chooseSites([basildon], { only: 'cloud' })).toThrow('DEP001');
  });

  it('keeps a lost site apart from those that are dealt with', () => {
    expect(chooseSites(sites, { siteLost: ['basildon'] })).toEqual({ sites: [dublin], lost: [basildon] });
  });

  it('refuses options that contradict each other, rather than pass over one of them', () => {
    const contradictory: ChoiceProps[] = [
      { site: ['dublin', 'basildon'], siteLost: ['dublin'] },
      { only: 'cloud', siteLost: ['dublin'] },
      { only: 'on-prem', first: 'dublin' },
      { site: ['basildon'], first: 'dublin' },
      { siteLost: ['dublin'], first: 'dublin' },
    ];
    for (const options of contradictory) expect(() => chooseSites(sites, options)).toThrow('DEP001');
    expect(chooseSites(sites, { first: 'dublin' })).toMatchObject({ sites, first: 'dublin' });
  });
});

describe('a tool', () => {
  /** Puts a program of a name on the path, and nothing else. */
  function onPath(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
    vi.stubEnv('PATH', folder);
  }

  const terraform = () => new Terraform(folder, join(folder, 'log'), { signal });

  it('that fails is a failed step, with what it said last', async () => {
    onPath('terraform', 'echo "Error: no such thing"; exit 1');
    await expect(terraform().run('apply')).rejects.toThrow('no such thing');
    await expect(terraform().run('apply')).rejects.toThrow('DEP006');
  });

  it('that is not there is said to be missing', async () => {
    vi.stubEnv('PATH', folder);
    await expect(terraform().run('apply')).rejects.toThrow('DEP007');
  });
});

describe('a rollout', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'tls-tier', namespace: 'risk' } };
  const complete = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  const stalled = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'it has timed out' }];

  async function cluster(statuses: readonly object[], refusals = 0): Promise<Objects> {
    let [answers, refused] = [0, 0];
    api = await standIn((_method, path): Answer | undefined => {
      if (path === '/apis/apps/v1') return [200, { resources: [{ kind: 'Deployment', name: 'deployments', namespaced: true }] }];
      if (refused++ < refusals) return [429, { reason: 'TooManyRequests', message: 'later' }];
      const status = statuses[Math.min(answers++, statuses.length - 1)];
      return [
        200,
        { ...deployment, metadata: { ...deployment.metadata, generation: 2 }, spec: { replicas: 2, progressDeadlineSeconds: 1 }, status },
      ];
    });
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    return new Objects(Connection.open('own'));
  }

  it('is waited for until its last pod is available', async () => {
    const objects = await cluster([{ ...complete, observedGeneration: 1 }, { ...complete, availableReplicas: 1 }, complete]);
    await waitForRollout(objects, deployment, signal, (line) => said.push(line));
    expect(api?.asked.filter((asked) => asked.includes('tls-tier'))).toHaveLength(3);
  });

  it('that stands still fails with what the cluster says of it', async () => {
    const objects = await cluster([{ observedGeneration: 2, conditions: stalled }]);
    await expect(waitForRollout(objects, deployment, signal, (line) => said.push(line))).rejects.toThrow(/it has timed out.*DEP011/);
  });

  const before = [{ ...stalled[0], lastUpdateTime: '2026-11-21T10:00:00Z' }];

  it('that stood still before is given as long again, since its cause may have been mended', async () => {
    const waiting = { observedGeneration: 2, conditions: before };
    await waitForRollout(await cluster([waiting, waiting, complete]), deployment, signal, (line) => said.push(line));
  });

  it('that still stands still after as long again fails', async () => {
    const objects = await cluster([{ observedGeneration: 2, conditions: before }]);
    await expect(waitForRollout(objects, deployment, signal, (line) => said.push(line))).rejects.toThrow('DEP011');
    expect(api?.asked.filter((asked) => asked.includes('tls-tier')).length).toBeGreaterThan(1);
  });

  it('is not taken for failed by what was said of an earlier one', async () => {
    const objects = await cluster([{ observedGeneration: 1, conditions: stalled }, complete]);
    await waitForRollout(objects, deployment, signal, (line) => said.push(line));
  });

  it('goes on where the API server was too busy for a moment', async () => {
    await waitForRollout(await cluster([complete], 2), deployment, signal, (line) => said.push(line));
  });
});

describe('a list of what may be unknown', () => {
  it('is refused where it is none', () => {
    const file = join(folder, 'accepted.json');
    writeFileSync(file, '{"AWS::EC2::VPC": true}');
    expect(() => readAcceptedUnknowns(file)).toThrow('DEP012');
    expect(() => readAcceptedUnknowns(join(folder, 'none.json'))).toThrow('DEP012');
  });
});

describe('the codes of deployment', () => {
  it('are each raised by a test', () => {
    const folders = [__dirname, join(__dirname, '..', 'e2e', 'deployment')];
    const tests = folders.flatMap((tested) => readdirSync(tested).map((name) => readFileSync(join(tested, name), 'utf8'))).join('\n');
    expect(Object.keys(deploymentCodes).filter((code) => !tests.includes(code))).toEqual([]);
  });
});
