import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../../core/problem';
import { Refusal, StepFailure } from '../../../core/refusal';
import { ApiError } from '../client/connection';
import type { Objects } from '../client/objects';
import { LeaseObject, type LiveLease, leaseSeconds } from './lease-object';
import { renewLease } from './renewal';

/** Milliseconds between two looks at a Lease that may be left. */
const intervalMilliseconds = 1_000;

/** Whose Lease to take, and whom to tell. */
export interface LeaseProps {
  readonly objects: Objects;
  readonly site: string;
  /** Ends the wait for a Lease that may be left. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Is told where it is ours no more, since somebody else may then go on. */
  readonly lost: (error: Error) => void;
  /** @default 60 */
  readonly seconds?: number;
}

/** A lock on a cluster that ends by itself where its holder is gone. */
export interface ClusterLease {
  /** Who held it before and is gone. */
  readonly takenFrom?: string;
  release(): Promise<void>;
}

/**
 * Takes the Lease of a cluster and renews it until it is released.
 *
 * @throws {Refusal} DEP005 where another deployment holds it
 */
export async function acquireLease(props: LeaseProps): Promise<ClusterLease> {
  const { objects, site, lost, seconds = leaseSeconds } = props;
  const lease = new LeaseObject(objects, seconds);
  const held = await whenFree(lease, props);
  const asked = performance.now();
  const taken = await lease.write(held).catch(async (error: unknown) => {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    // An answer that was lost on its way may have been asked for again.
    const found = await lease.read();
    if (found && lease.isOurs(found)) return found;
    throw inUse(site, found?.holder ?? 'one that came first');
  });
  const stop = renewLease({ lease, taken, asked, seconds, lost: (why) => lost(notOurs(site, why)) });
  const release = async () => {
    await stop();
    await lease.delete().catch(() => undefined);
  };
  return { release, ...(held && held.holder !== '' && { takenFrom: held.holder }) };
}

/** The Lease once nobody holds it: what its holder wrote is measured by its clock, so that ours has to run as long without anything new. */
async function whenFree(lease: LeaseObject, { site, signal, say }: LeaseProps): Promise<LiveLease | undefined> {
  const held = await lease.read();
  if (!held || held.holder === '' || held.isAbandoned) return held;
  const ago = Date.now() - Date.parse(held.renewed);
  if (ago >= 0 && ago < held.seconds * 1000) throw inUse(site, held.holder);
  say(`waits ${held.seconds} s to see whether ${held.holder} still renews its Lease at ${site}`);
  const end = performance.now() + held.seconds * 1000;
  let latest: LiveLease | undefined = held;
  while (performance.now() < end) {
    await sleep(intervalMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    latest = await lease.read();
    if (!latest || latest.holder === '') return latest;
    if (latest.holder !== held.holder || latest.renewed !== held.renewed) throw inUse(site, latest.holder);
  }
  return latest;
}

function inUse(site: string, holder: string): Refusal {
  const fix = `Wait until it has ended; where it has died, ${leaseSeconds} s pass until its Lease is anybody's.`;
  const statement = { cannot: 'deploy', as: 'one deployment runs in a cluster at a time', value: holder, fix };
  return new Refusal('refused', [problem('DEP005', `sites/${site}`, statement)]);
}

function notOurs(site: string, why: string): StepFailure {
  const fix = 'Run the same command again once nobody else holds it: it goes on where this one ended.';
  return new StepFailure(
    problem('DEP005', `sites/${site}`, { cannot: 'go on', as: 'the Lease of the cluster must stay ours', value: why, fix }),
  );
}
