import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../../lib/core/refusal';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../../lib/deployment/kubernetes/client/objects';
import { acquireLease, type LeaseProps } from '../../../../lib/deployment/kubernetes/lease/lease';
import { processIdentity } from '../../../../lib/process/process-identity';
import { type Answer, type StandIn, standIn } from '../../../support/stand-in-api';

const group = '/apis/coordination.k8s.io/v1';
const leases = `${group}/namespaces/kube-system/leases`;

interface Lease {
  readonly metadata: { readonly resourceVersion: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly holderIdentity: string; readonly leaseDurationSeconds: number; readonly renewTime: string };
}

let api: StandIn;

/** The Lease that the stand-in keeps as an API server does. */
let kept: Lease | undefined;

/** What becomes of a request beside what an API server does with it: the answer is lost, or it takes its time. */
let disturb: (method: string) => Answer | undefined | Promise<Answer | undefined>;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

const conflict: Answer = [409, { reason: 'Conflict', message: 'the object has been modified' }];

/** What an API server does with a request. */
function carriedOut(method: string, body: unknown): Answer | undefined {
  const sent = body as Lease & { readonly preconditions?: { readonly resourceVersion: string } };
  if (method === 'GET') return kept && [200, kept];
  const expected = method === 'DELETE' ? sent.preconditions?.resourceVersion : sent.metadata.resourceVersion;
  if (kept?.metadata.resourceVersion !== expected) return kept || method !== 'PUT' ? conflict : undefined;
  const resourceVersion = String(Number(kept?.metadata.resourceVersion ?? 0) + 1);
  kept = method === 'DELETE' ? undefined : { ...sent, metadata: { ...sent.metadata, resourceVersion } };
  return [200, kept ?? {}];
}

async function serve(held?: Lease): Promise<Objects> {
  kept = held;
  disturb = () => undefined;
  api = await standIn(async (method, path, { body }) => {
    if (path === group) return [200, { resources: [{ kind: 'Lease', name: 'leases', namespaced: true }] }];
    if (!path.startsWith(leases)) return undefined;
    const answer = carriedOut(method, body);
    return (await disturb(method)) ?? answer;
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  return new Objects(Connection.open('own'));
}

function heldBy(holderIdentity: string, secondsAgo: number, annotations: Readonly<Record<string, string>> = {}): Lease {
  const renewTime = new Date(Date.now() - secondsAgo * 1000).toISOString();
  return { metadata: { resourceVersion: '1', annotations }, spec: { holderIdentity, leaseDurationSeconds: 3, renewTime } };
}

const said: string[] = [];

function take(objects: Objects, props: Partial<LeaseProps> = {}) {
  said.length = 0;
  const { signal } = new AbortController();
  return acquireLease({ objects, site: 'own', signal, say: (line) => said.push(line), lost: () => {}, seconds: 3, ...props });
}

function puts(): number {
  return api.asked.filter((asked) => asked.startsWith('PUT')).length;
}

describe('a Lease that another holds', () => {
  it('is not taken while it is renewed, by whatever clock', async () => {
    const objects = await serve(heldBy('elsewhere:1', 3600));
    const renewal = setInterval(() => {
      kept = { ...heldBy('elsewhere:1', 3598), metadata: { resourceVersion: '2' } };
    }, 1000);
    await expect(take(objects)).rejects.toThrow(/elsewhere:1.*DEP005/);
    clearInterval(renewal);
    expect(puts()).toBe(0);
  });

  it('is refused at once where it was renewed a moment ago', async () => {
    const refused = await take(await serve(heldBy('elsewhere:1', 0))).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect([refused, puts(), said]).toMatchObject([{ kind: 'refused', problems: [{ code: 'DEP005' }] }, 0, []]);
  });

  it('is taken once it stayed as it is for its time by our own clock, and what is waited for is said', async () => {
    const objects = await serve(heldBy('elsewhere:1', 3600));
    const began = performance.now();
    const lease = await take(objects);
    expect(performance.now() - began).toBeGreaterThanOrEqual(3000);
    expect([lease.takenFrom, said]).toEqual(['elsewhere:1', ['waiting 3 s to see whether elsewhere:1 still renews its Lease at own']]);
    await lease.release();
    expect(kept).toBeUndefined();
  });

  it('is waited for although it is renewed in a future that a dead holder wrote', async () => {
    const lease = await take(await serve(heldBy('elsewhere:1', -3600)));
    expect(lease.takenFrom).toBe('elsewhere:1');
    await lease.release();
  });

  it('is left alone where somebody ends the wait for it', async () => {
    const cancel = new AbortController();
    const taking = take(await serve(heldBy('elsewhere:1', 3600)), { signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('enough')), 300);
    const began = performance.now();
    await expect(taking).rejects.toThrow('enough');
    expect(performance.now() - began).toBeLessThan(2000);
    expect(puts()).toBe(0);
  });

  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const holder = (other: object) => ({ 'diptych/holder': JSON.stringify({ ...processIdentity(process.pid), pid: gone, ...other }) });

  it('is taken at once from a process of this machine that is gone', async () => {
    const lease = await take(await serve(heldBy('here:1', 0, holder({}))));
    expect(lease.takenFrom).toBe('here:1');
    await lease.release();
  });

  it('is not taken from a process of another namespace or machine of the same name', async () => {
    for (const other of [{ pidNamespace: 'pid:[1]' }, { bootId: 'another' }, { bootId: undefined, pidNamespace: undefined }]) {
      const objects = await serve(heldBy(`${hostname()}:1`, 0, holder(other)));
      await expect(take(objects)).rejects.toThrow('DEP005');
      await api.stop();
    }
    await serve();
  });
});

describe('a Lease that we hold', () => {
  /** What is said where it is lost, while something happens. */
  async function lossesDuring(work: (losses: readonly string[]) => Promise<unknown>): Promise<string[]> {
    const losses: string[] = [];
    const lease = await take(await serve(), { lost: ({ message }) => losses.push(message) });
    await work(losses);
    await lease.release();
    return losses;
  }

  it('is renewed one request after the other, though an answer takes longer than the time between', async () => {
    let [open, most] = [0, 0];
    const losses = await lossesDuring(async () => {
      disturb = async (method) => {
        if (method !== 'PUT') return undefined;
        most = Math.max(most, ++open);
        await sleep(1000);
        open--;
        return undefined;
      };
      await sleep(4500);
    });
    expect([losses, most, kept]).toEqual([[], 1, undefined]);
  });

  it('is still ours where the server failed once, or carried out what it could not answer', async () => {
    let failures = 0;
    const losses = await lossesDuring(async () => {
      disturb = (method) =>
        method === 'PUT' && failures++ < 2 ? [500, { reason: 'InternalError', message: 'etcdserver: leader changed' }] : undefined;
      await sleep(4000);
      expect(kept?.spec.holderIdentity).toContain(`:${process.pid}:`);
    });
    expect([losses, puts() > 2, kept]).toEqual([[], true, undefined]);
  });

  it('is lost where another holds it, whose it stays', async () => {
    const losses = await lossesDuring(async (said) => {
      kept = { ...heldBy('elsewhere:1', 0), metadata: { resourceVersion: '100' } };
      await vi.waitUntil(() => said.length > 0, 20_000);
    });
    expect(losses).toEqual([expect.stringMatching(/elsewhere:1 has taken it.*DEP027/)]);
    expect(kept?.spec.holderIdentity).toBe('elsewhere:1');
  });

  it('is lost where it could not be renewed for its time', async () => {
    const losses = await lossesDuring(async (said) => {
      disturb = () => [500, { reason: 'InternalError', message: 'no leader' }];
      await vi.waitUntil(() => said.length > 0, 20_000);
    });
    expect(losses).toEqual([expect.stringMatching(/could not be renewed for 3 s.*DEP027/)]);
  });

  it('is ours where only the answer to its creation was lost', async () => {
    const objects = await serve();
    let lost = 0;
    disturb = (method) => (method === 'POST' && lost++ === 0 ? [503, { reason: 'ServiceUnavailable', message: 'later' }] : undefined);
    await (await take(objects)).release();
    expect(kept).toBeUndefined();
  });
});
