/** Characters that mean nothing to a shell, to systemd or to a template, quoted or not. */
const plain = /^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]*$/;

/** Where the name of a log group goes that is known only once it is made; no word of a description can hold these characters. */
export const logGroupPlaceholder = '{{log-group}}';

/**
 * A text as one word of a script, a unit or a file that an instance writes at boot.
 *
 * @throws {RangeError} for anything else; the schemas let no such text through, and the renderers do not rely on them
 */
export function shellWord(text: string | number): string {
  const value = String(text);
  if (!plain.test(value)) throw new RangeError(`Cannot write a word of an instance's boot: current value is ${JSON.stringify(value)}`);
  return value;
}
