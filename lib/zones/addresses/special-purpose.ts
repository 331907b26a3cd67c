import { linkLocalCidr, overlaps } from '../../core/addresses';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';

/**
 * IPv4 blocks that no machine of a network has, with what they are.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const specialBlocks: readonly (readonly [cidr: string, what: string])[] = [
  ['0.0.0.0/8', 'addresses of this host'],
  ['127.0.0.0/8', 'loopback addresses'],
  [linkLocalCidr, 'link-local addresses, such as that of the instance metadata service'],
  ['224.0.0.0/4', 'multicast addresses'],
  ['240.0.0.0/4', 'reserved addresses'],
];

/** Whether a block has an address that no machine of a network has. */
export function isSpecial(cidr: string): boolean {
  return specialBlocks.some(([special]) => overlaps(special, cidr));
}

/**
 * The problem of a block with special-purpose addresses.
 *
 * @param written the block or address as it was written
 */
export function specialPurpose(path: string, cidr: string, written: string): Problem[] {
  const special = specialBlocks.filter(([block]) => overlaps(block, cidr));
  const [first] = special;
  if (!first) return [];
  const what = special.length === 1 ? `${first[0]}, ${first[1]}` : special.map(([block]) => block).join(', ');
  return [
    zoneProblem('ZON039', path, {
      wrong: `it has addresses in ${what}`,
      rule: 'addresses must be those of machines of a network',
      got: written,
      fix: 'Write the addresses of the machines.',
    }),
  ];
}
