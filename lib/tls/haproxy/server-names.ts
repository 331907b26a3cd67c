import { acl } from './acl';
import { word } from './syntax';

/**
 * Renders a named condition that is true if a sample is one of the server names of an endpoint; a wildcard matches exactly one label.
 *
 * @see RFC 6125, 6.4.3
 */
export function serverNameCondition(name: string, fetch: string, serverNames: readonly string[]): string[] {
  serverNames.forEach(word);
  const exact = serverNames.filter((each) => !each.startsWith('*.'));
  const wildcards = serverNames.filter((each) => each.startsWith('*.'));
  return [
    ...acl(name, `${fetch},lower -m str`, exact),
    ...acl(
      name,
      `${fetch},lower -m reg`,
      wildcards.map((each) => each.slice(1)),
      (suffix) => `^[^.]+${suffix.replaceAll('.', '[.]')}$`,
    ),
  ];
}
