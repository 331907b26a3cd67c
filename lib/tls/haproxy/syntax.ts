/** Characters that have no special meaning to HAProxy's parser, to log formats and to Terraform. */
const wordCharacters = /^[A-Za-z0-9_.:/@*,?=+-]+$/;

/**
 * Returns a value as a single word of HAProxy's syntax, which the parser cannot split, unquote, expand or read as a comment.
 *
 * The schemas already reject other values; this check is a second barrier against injection.
 *
 * @throws {RangeError} if the value contains any other character
 * @example
 * word('risk.example.com'); // 'risk.example.com'
 * word('risk # all'); // throws RangeError
 */
export function word(text: string | number): string {
  const value = String(text);
  if (!wordCharacters.test(value))
    throw new RangeError(`a value in a HAProxy configuration must be one word without special characters: got ${JSON.stringify(value)}`);
  return value;
}

/**
 * Joins words to one line; empty, false and undefined words are left out.
 *
 * @example
 * line('bind', '*:443', false, 'ssl'); // 'bind *:443 ssl'
 */
export function line(...words: readonly (string | number | false | undefined)[]): string {
  return words.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}

/** Renders a section from its header and lines; empty, false and undefined lines are left out. */
export function section(header: string, lines: readonly (string | false | undefined)[]): string {
  const body = lines.filter((entry) => entry !== false && entry !== undefined && entry !== '');
  return [header, ...body.map((entry) => `    ${entry}`), ''].join('\n');
}
