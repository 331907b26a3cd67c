import { Cancelled } from '../../lib/core/refusal';

/** Signals that ask the process to end. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Controllers of the work that is running. */
const cancellers = new Set<AbortController>();

/**
 * Cancels all work that is running, for another reason than a signal.
 *
 * @returns false if no work is running
 */
export function cancelAll(by: string): boolean {
  for (const cancel of cancellers) cancel.abort(new Cancelled(by));
  return cancellers.size > 0;
}

/** Runs work with a controller that Ctrl-C or a termination signal aborts, so that child processes end before this process. */
export async function cancellable<T>(work: (cancel: AbortController) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  cancellers.add(cancel);
  const abort = (signal: NodeJS.Signals) => cancel.abort(new Cancelled(signal));
  for (const signal of signals) process.on(signal, abort);
  try {
    return await work(cancel);
  } finally {
    cancellers.delete(cancel);
    for (const signal of signals) process.off(signal, abort);
  }
}
