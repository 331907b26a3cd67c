import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal, StepFailure } from '../../../core/refusal';
import { deploymentProblem } from '../../codes';
import { ApiError } from '../client/api-error';
import type { Objects } from '../client/objects';
import { LeaseObject, type LiveLease, leaseSeconds } from './lease-object';
import { renewLease } from './renewal';

/** Milliseconds between two reads of a Lease that may have expired. */
const intervalMilliseconds = 1_000;

/** The cluster whose Lease to acquire, and the callbacks. */
export interface LeaseProps {
  readonly objects: Objects;
  readonly site: string;
  /** Cancels waiting for a Lease that may have expired. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Called if the Lease is lost, after which another deployment may start. */
  readonly lost: (error: Error) => void;
  /**
   * Duration of the Lease in seconds.
   *
   * @default 60
   */
  readonly seconds?: number;
}

/** Lock on a cluster that expires if its holder stops renewing it. */
export interface ClusterLease {
  /** The previous holder, if it had not released the Lease. */
  readonly takenFrom?: string;
  release(): Promise<void>;
}

/**
 * Acquires the Lease of a cluster and renews it until it is released.
 *
 * @throws {Refusal} DEP005 if another deployment holds it
 */
export async function acquireLease(props: LeaseProps): Promise<ClusterLease> {
  const { objects, site, lost, seconds = leaseSeconds } = props;
  // A cancelled run holds its Lease until its tools have ended, and then releases it.
  const lease = new LeaseObject(objects.uncancelled(), seconds);
  const held = await whenFree(lease, props);
  const asked = performance.now();
  const taken = await lease.write(held).catch(async (error: unknown) => {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    // If the response to our first write was lost, the retry conflicts with that write.
    const found = await lease.read();
    if (found && lease.isOurs(found)) return found;
    throw inUse(site, found?.holder ?? 'a run that came first');
  });
  const stop = renewLease({ lease, taken, asked, seconds, lost: (why) => lost(notOurs(site, why)) });
  const release = async () => {
    await stop();
    await lease.delete().catch(() => undefined);
  };
  return { release, ...(held && held.holder !== '' && { takenFrom: held.holder }) };
}

/** Waits until the Lease is free. `renewTime` is on the holder's clock, so expiry is one full lease duration on ours without a renewal. */
async function whenFree(lease: LeaseObject, { site, signal, say }: LeaseProps): Promise<LiveLease | undefined> {
  const held = await lease.read();
  if (!held || held.holder === '' || held.isAbandoned) return held;
  const ago = Date.now() - Date.parse(held.renewed);
  if (ago >= 0 && ago < held.seconds * 1000) throw inUse(site, held.holder);
  say(`waiting ${held.seconds} s to see whether ${held.holder} still renews its Lease at ${site}`);
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
  return new Refusal('refused', [
    deploymentProblem('DEP005', `sites/${site}`, {
      wrong: `${holder} holds the Lease of the cluster`,
      rule: 'a cluster must have one run at a time',
      fix: `Wait until it has ended; if it has been killed, its Lease expires after ${leaseSeconds} s.`,
    }),
  ]);
}

function notOurs(site: string, why: string): StepFailure {
  return new StepFailure(
    deploymentProblem('DEP027', `sites/${site}`, {
      wrong: `the Lease of the cluster is lost: ${why}`,
      rule: 'the run must hold it until it ends',
      fix: 'Run the same command again once no other run holds it: it resumes where this one ended.',
    }),
  );
}
