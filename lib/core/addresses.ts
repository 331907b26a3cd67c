import { IPv4 } from 'ipaddr.js';

/** An IPv4 block with its first and last address as numbers, both inclusive. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Block of link-local addresses. On-prem, name servers on the nodes have some of them. */
export const linkLocalCidr = '169.254.0.0/16';

const toNumber = (address: IPv4): number => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

const toText = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

function block(cidr: string): Block {
  const [address, prefix] = IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** True for an IPv4 block whose host bits are zero, such as `10.0.0.0/16`. */
export function isCidr(text: string): boolean {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) || !IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const { first, prefix } = block(text);
  return `${toText(first)}/${prefix}` === text;
}

/** True for an IPv4 address in dotted decimal notation. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text);
}

/** Returns the number of blocks of length `prefix` in a block; 0 if the block is smaller. */
export function capacity(cidr: string, prefix: number): number {
  const own = block(cidr).prefix;
  return prefix < own ? 0 : 2 ** (prefix - own);
}

/**
 * Returns the block number `index` of length `prefix` in a block.
 *
 * @throws {RangeError} if the block contains fewer blocks of this length
 */
export function subnet(cidr: string, prefix: number, index: number): string {
  const size = 2 ** (32 - prefix);
  const { first, last } = block(cidr);
  const start = first + index * size;
  if (index < 0 || start + size - 1 > last) throw new RangeError(`${cidr} contains no block number ${index} of length /${prefix}`);
  return `${toText(start)}/${prefix}`;
}

/** Returns the address at an offset from the first address of a block. */
export function addressAt(cidr: string, offset: number): string {
  return toText(block(cidr).first + offset);
}

/** Returns the first and last address of a block as numbers, for sorting and searching. */
export function addressRange(cidr: string): { first: number; last: number } {
  const { first, last } = block(cidr);
  return { first, last };
}

/** True if two blocks have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const a = block(one);
  const b = block(other);
  return a.first <= b.last && b.first <= a.last;
}

/** True if the outer block contains all of the inner block. */
export function contains(outer: string, inner: string): boolean {
  const a = block(outer);
  const b = block(inner);
  return a.first <= b.first && b.last <= a.last;
}

/** True if the outer blocks together contain all of the inner block. */
export function covers(outer: readonly string[], inner: string): boolean {
  const { first, last } = block(inner);
  let next = first;
  for (const { first: from, last: to } of outer.map(block).sort((one, other) => one.first - other.first)) {
    if (from > next) break;
    next = Math.max(next, to + 1);
  }
  return next > last;
}

/** Returns the block of length `prefix` that contains an address. */
export function blockAround(address: string, prefix: number): string {
  return `${toText(block(`${address}/${prefix}`).first)}/${prefix}`;
}

/** Returns the prefix length of a block. */
export function prefixLength(cidr: string): number {
  return block(cidr).prefix;
}

/** Orders blocks by first address, and larger blocks before smaller ones. */
export function compareCidrs(one: string, other: string): number {
  const a = block(one);
  const b = block(other);
  return a.first - b.first || a.prefix - b.prefix;
}
