/** Characters of which a word of a configuration may consist; none of them means anything to HAProxy's parser, to a log format or to Terraform. */
const wordCharacters = /^[A-Za-z0-9_.:/@*,?=+-]+$/;

/**
 * A text as one word of a configuration: nothing that the parser would split, quote, expand or take for a comment.
 *
 * @throws {RangeError} for anything else; the schemas let no such text through, and the renderer does not rely on them
 */
export function word(text: string | number): string {
  const value = String(text);
  if (!wordCharacters.test(value))
    throw new RangeError(`Cannot render a word of a configuration: current value is ${JSON.stringify(value)}`);
  return value;
}

/** Words joined to one line; those that do not apply are left out. */
export function line(...words: readonly (string | number | false | undefined)[]): string {
  return words.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}

/** A section: its header and its indented lines; lines that do not apply are left out. */
export function section(header: string, lines: readonly (string | false | undefined)[]): string {
  const body = lines.filter((entry) => entry !== false && entry !== undefined && entry !== '');
  return [header, ...body.map((entry) => `    ${entry}`), ''].join('\n');
}
