import { Cancelled } from '../../lib/core/refusal';

/** Signals by which a person or a system wants us to end. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A controller that is aborted by Ctrl-C and its like while something runs, so that tools end before we do. */
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
