import { Cancelled } from '../../lib/core/refusal';

/** Signals that ask the process to end. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs work with a controller that Ctrl-C or a termination signal aborts, so that child processes end before this process. */
export async function cancellable<T>(work: (cancel: AbortController) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  const abort = (signal: NodeJS.Signals) => cancel.abort(new Cancelled(signal));
  for (const signal of signals) process.on(signal, abort);
  try {
    return await work(cancel);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
