import { oneLine } from './problem';

/** Describes a thrown value on one line, such as `TypeError: x is not a function`; a program may throw any value, also one that is no error. */
export function describeThrown(thrown: unknown): string {
  try {
    if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return oneLine(String(thrown));
    const { name, message } = thrown as Error;
    return oneLine(`${name}: ${String(message).split('\n')[0]}`);
  } catch {
    return `a ${typeof thrown} that has no text`;
  }
}

/** Returns the stack of a thrown value; empty if it has none. */
export function stackOf(thrown: unknown): string {
  try {
    const { stack } = thrown as Error;
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}
