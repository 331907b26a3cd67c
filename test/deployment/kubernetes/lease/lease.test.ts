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

/** The Lease stored by the stand-in API server. */
let kept: Lease | undefined;

/** Faults of a request: its response is lost or delayed. */
let disturb: (method: string) => Answer | undefined | Promise<Answer | undefined>;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

const conflict: Answer = [409, { reason: 'Conflict', message: 'the object has been modified' }];

/** Handles a request like an API server. */
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

describe('acquireLease when another run holds the Lease', () => {
  it('acquireLease refuses while the holder renews the Lease, whatever its clock shows', async () => {
    const objects = await serve(heldBy('elsewhere:1', 3600));
    const renewal = setInterval(() => {
      kept = { ...heldBy('elsewhere:1', 3598), metadata: { resourceVersion: '2' } };
    }, 1000);
    await expect(take(objects)).rejects.toThrow(/elsewhere:1.*DEP005/);
    clearInterval(renewal);
    expect(puts()).toBe(0);
  });

  it('acquireLease refuses at once when the Lease was renewed a moment ago', async () => {
    const refused = await take(await serve(heldBy('elsewhere:1', 0))).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect([refused, puts(), said]).toMatchObject([{ kind: 'refused', problems: [{ code: 'DEP005' }] }, 0, []]);
  });

  it('acquireLease takes the Lease over after one duration without a renewal on our clock, and reports the wait', async () => {
    const objects = await serve(heldBy('elsewhere:1', 3600));
    const began = performance.now();
    const lease = await take(objects);
    expect(performance.now() - began).toBeGreaterThanOrEqual(3000);
    expect([lease.takenFrom, said]).toEqual(['elsewhere:1', ['waiting 3 s to see whether elsewhere:1 still renews its Lease at own']]);
    await lease.release();
    expect(kept).toBeUndefined();
  });

  it('acquireLease waits when renewTime is in the future', async () => {
    const lease = await take(await serve(heldBy('elsewhere:1', -3600)));
    expect(lease.takenFrom).toBe('elsewhere:1');
    await lease.release();
  });

  it('acquireLease leaves the Lease unchanged when the wait is cancelled', async () => {
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

  it('acquireLease takes the Lease over at once when its holder on this machine has ended', async () => {
    const lease = await take(await serve(heldBy('here:1', 0, holder({}))));
    expect(lease.takenFrom).toBe('here:1');
    await lease.release();
  });

  it('acquireLease waits when the holder is in another PID namespace, or on another machine with the same host name', async () => {
    for (const other of [{ pidNamespace: 'pid:[1]' }, { bootId: 'another' }, { bootId: undefined, pidNamespace: undefined }]) {
      const objects = await serve(heldBy(`${hostname()}:1`, 0, holder(other)));
      await expect(take(objects)).rejects.toThrow('DEP005');
      await api.stop();
    }
    await serve();
  });
});

describe('a Lease that this process holds', () => {
  /** Errors reported for the loss of the Lease while an event happens. */
  async function lossesDuring(work: (losses: readonly string[]) => Promise<unknown>): Promise<string[]> {
    const losses: string[] = [];
    const lease = await take(await serve(), { lost: ({ message }) => losses.push(message) });
    await work(losses);
    await lease.release();
    return losses;
  }

  it('the Lease is renewed with one request at a time when the server is slow', async () => {
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

  it('the Lease is kept when a renewal fails once, or its response is lost', async () => {
    let failures = 0;
    const losses = await lossesDuring(async () => {
      disturb = (method) =>
        method === 'PUT' && failures++ < 2 ? [500, { reason: 'InternalError', message: 'etcdserver: leader changed' }] : undefined;
      await sleep(4000);
      expect(kept?.spec.holderIdentity).toContain(`:${process.pid}:`);
    });
    expect([losses, puts() > 2, kept]).toEqual([[], true, undefined]);
  });

  it('the Lease is lost with DEP027 when another holder takes it, and is not deleted', async () => {
    const losses = await lossesDuring(async (said) => {
      kept = { ...heldBy('elsewhere:1', 0), metadata: { resourceVersion: '100' } };
      await vi.waitUntil(() => said.length > 0, 20_000);
    });
    expect(losses).toEqual([expect.stringMatching(/elsewhere:1 has taken it.*DEP027/)]);
    expect(kept?.spec.holderIdentity).toBe('elsewhere:1');
  });

  it('the Lease is lost with DEP027 when it cannot be renewed within its duration', async () => {
    const losses = await lossesDuring(async (said) => {
      disturb = () => [500, { reason: 'InternalError', message: 'no leader' }];
      await vi.waitUntil(() => said.length > 0, 20_000);
    });
    expect(losses).toEqual([expect.stringMatching(/could not be renewed for 3 s.*DEP027/)]);
  });

  it('the Lease is acquired when only the response to its creation is lost', async () => {
    const objects = await serve();
    let lost = 0;
    disturb = (method) => (method === 'POST' && lost++ === 0 ? [503, { reason: 'ServiceUnavailable', message: 'later' }] : undefined);
    await (await take(objects)).release();
    expect(kept).toBeUndefined();
  });
});
