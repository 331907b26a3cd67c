import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Cancelled } from '../../lib/core/refusal';
import { cancellable } from './signals';

/** Streams on which the user is asked and answers. */
export interface Conversation {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks the user to type the estate's name to confirm destruction.
 *
 * @returns false, after printing that nothing was destroyed, for any other answer
 * @throws {Cancelled} if the user presses Ctrl-C or the process gets a termination signal
 */
export async function confirmDestroy(estate: string, { input, output }: Conversation): Promise<boolean> {
  try {
    const answer = await ask(`Type ${estate} to confirm: `, { input, output });
    if (answer?.trim() === estate) return true;
    output.write(`${answer === undefined ? '\n' : ''}nothing was destroyed: the answer was not "${estate}"\n`);
    return false;
  } catch (error) {
    output.write('\nnothing was destroyed\n');
    throw error;
  }
}

/** Returns the answer to a question; undefined if the input ends. */
async function ask(question: string, conversation: Conversation): Promise<string | undefined> {
  const terminal = createInterface(conversation);
  const closed = once(terminal, 'close').then(() => undefined);
  try {
    return await cancellable((cancel) => {
      // While readline reads from a terminal, Ctrl-C arrives as a key and not as a signal of the process.
      terminal.once('SIGINT', () => cancel.abort(new Cancelled('SIGINT')));
      const answered = terminal.question(question, { signal: cancel.signal }).catch(() => {
        // Ctrl-D ends the input without an answer.
        cancel.signal.throwIfAborted();
        return undefined;
      });
      return Promise.race([answered, closed]);
    });
  } finally {
    terminal.close();
  }
}
