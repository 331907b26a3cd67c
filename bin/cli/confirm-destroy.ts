import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Cancelled } from '../../lib/core/refusal';
import { cancellable } from './signals';

/** Where a person is asked, and answers. */
export interface Conversation {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Whether a person agrees that an estate is destroyed, by its name, which no slip of the hand writes; where not, says that nothing was.
 *
 * @throws {Cancelled} on Ctrl-C and its like
 */
export async function confirmDestroy(estate: string, { input, output }: Conversation): Promise<boolean> {
  try {
    const answer = await ask(`Write ${estate} to agree: `, { input, output });
    if (answer?.trim() === estate) return true;
    output.write(`${answer === undefined ? '\n' : ''}nothing was destroyed: the answer was not "${estate}"\n`);
    return false;
  } catch (error) {
    output.write('\nnothing was destroyed\n');
    throw error;
  }
}

/** The answer to a question; none where the input ends. */
async function ask(question: string, conversation: Conversation): Promise<string | undefined> {
  const terminal = createInterface(conversation);
  const closed = once(terminal, 'close').then(() => undefined);
  try {
    return await cancellable((cancel) => {
      // A terminal that reads lines takes Ctrl-C as a key: no signal comes of it.
      terminal.once('SIGINT', () => cancel.abort(new Cancelled('SIGINT')));
      const answered = terminal.question(question, { signal: cancel.signal }).catch(() => {
        // Ctrl-D is no answer.
        cancel.signal.throwIfAborted();
        return undefined;
      });
      return Promise.race([answered, closed]);
    });
  } finally {
    terminal.close();
  }
}
