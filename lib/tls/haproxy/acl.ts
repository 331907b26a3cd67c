import { word } from './syntax';

/** Values on one line: HAProxy accepts at most 64 words. */
const valuesPerLine = 48;

/**
 * Renders a named condition that is true if a sample matches one of the values; empty if there are none.
 *
 * @param pattern - pattern of a value, which is checked before
 * @example
 * acl('client.external', 'src', ['192.0.2.0/24']); // ['acl client.external src 192.0.2.0/24']
 */
export function acl(name: string, test: string, values: readonly string[], pattern = (value: string) => value): string[] {
  const lines = Math.ceil(values.length / valuesPerLine);
  return Array.from({ length: lines }, (_, index) => {
    const words = values.slice(index * valuesPerLine, (index + 1) * valuesPerLine).map((value) => pattern(word(value)));
    return `acl ${name} ${test} ${words.join(' ')}`;
  });
}
