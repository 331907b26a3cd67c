import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseObject, LiveLease } from './lease-object';

/** The Lease to renew, and the callback for its loss. */
export interface RenewalProps {
  readonly lease: LeaseObject;
  readonly taken: LiveLease;
  /** Time of the request that acquired it, in milliseconds of the monotonic clock; the duration counts from there. */
  readonly asked: number;
  readonly seconds: number;
  /** Called once if the Lease is lost. */
  readonly lost: (why: string) => void;
}

/** Fractions of the duration after which the Lease is renewed, and after which a failed renewal is retried. */
const [renewalPart, retryPart] = [1 / 4, 1 / 60];

/**
 * Renews a Lease until it is stopped or lost, because another holder took it or its duration elapsed.
 *
 * @returns a function that stops the renewal and resolves after the last write
 */
export function renewLease({ lease, taken, asked, seconds, lost }: RenewalProps): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const lose = (why: string) => {
    if (signal.aborted) return;
    stopped.abort();
    lost(why);
  };
  let expiry: NodeJS.Timeout | undefined;
  const heldFrom = (moment: number) => {
    clearTimeout(expiry);
    const left = moment + seconds * 1000 - performance.now();
    expiry = setTimeout(() => lose(`it could not be renewed for ${seconds} s`), left);
  };
  const renew = async () => {
    let current: LiveLease | undefined = taken;
    let isInDoubt = false;
    for (let moment = asked; ; ) {
      const due = moment + seconds * 1000 * (isInDoubt ? retryPart : renewalPart);
      await sleep(due - performance.now(), undefined, { signal });
      moment = performance.now();
      try {
        // A failed request may have taken effect all the same.
        if (isInDoubt) current = await lease.read();
        if (current && !lease.isOurs(current)) return lose(`${current.holder} has taken it`);
        signal.throwIfAborted();
        current = await lease.write(current);
        heldFrom(moment);
        isInDoubt = false;
      } catch {
        isInDoubt = true;
      }
    }
  };
  heldFrom(asked);
  // Rejects only after it was stopped.
  const renewing = renew().catch(() => undefined);
  return async () => {
    stopped.abort();
    await renewing;
    clearTimeout(expiry);
  };
}
