import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseObject, LiveLease } from './lease-object';

/** What to keep, and whom to tell. */
export interface RenewalProps {
  readonly lease: LeaseObject;
  readonly taken: LiveLease;
  /** When it was asked for, in milliseconds of the running clock: it is ours for its seconds from then on. */
  readonly asked: number;
  readonly seconds: number;
  /** Is told once, where it is ours no more. */
  readonly lost: (why: string) => void;
}

/** Parts of its time after which a Lease is renewed, and after which it is tried again. */
const [renewalPart, retryPart] = [1 / 4, 1 / 60];

/**
 * Renews a Lease, one request after the other, until it is stopped or lost: somebody else holds it, or its time has run out.
 *
 * @returns what stops it; nothing is written any more once that has ended
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
        // A request that failed may have been carried out all the same.
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
  // It rejects only where it was stopped.
  const renewing = renew().catch(() => undefined);
  return async () => {
    stopped.abort();
    await renewing;
    clearTimeout(expiry);
  };
}
