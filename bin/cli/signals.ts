import { Cancelled } from '../../lib/core/refusal';
import { stderr } from './terminal';

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

/** Milliseconds after a signal in which the same signal is no new request: npx passes on the Ctrl-C that the terminal sends to both. */
const echoMilliseconds = 500;

/**
 * Runs work with a controller that Ctrl-C or a termination signal aborts, so that child processes end before this process.
 *
 * A second Ctrl-C ends this process at once.
 *
 * @param left - returns what is left behind then, as lines for the user
 */
export async function cancellable<T>(work: (cancel: AbortController) => Promise<T>, left: () => readonly string[] = () => []): Promise<T> {
  const cancel = new AbortController();
  cancellers.add(cancel);
  let firstAt = 0;
  const abort = (signal: NodeJS.Signals) => {
    if (!cancel.signal.aborted) {
      firstAt = performance.now();
      cancel.abort(new Cancelled(signal));
    } else if (signal === 'SIGINT' && performance.now() - firstAt > echoMilliseconds) {
      for (const line of left()) stderr.line(line);
      restore();
      process.kill(process.pid, signal);
    }
  };
  const restore = () => {
    for (const signal of signals) process.off(signal, abort);
  };
  for (const signal of signals) process.on(signal, abort);
  try {
    return await work(cancel);
  } finally {
    cancellers.delete(cancel);
    restore();
  }
}
