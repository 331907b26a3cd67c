import { IPv4 } from 'ipaddr.js';

/** An IPv4 block as numbers: first and last address, both included. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const toNumber = (address: IPv4): number => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

const toText = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

function block(cidr: string): Block {
  const [address, prefix] = IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** Whether a text is an IPv4 block whose host bits are zero, such as `10.0.0.0/16`. */
export function isCidr(text: string): boolean {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) || !IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const { first, prefix } = block(text);
  return `${toText(first)}/${prefix}` === text;
}

/** Whether a text is an IPv4 address in dotted decimals. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text);
}

/** How many blocks of length `prefix` a block holds; 0 where it is smaller than one. */
export function capacity(cidr: string, prefix: number): number {
  const own = block(cidr).prefix;
  return prefix < own ? 0 : 2 ** (prefix - own);
}

/**
 * The `index`-th block of length `prefix` inside a block.
 *
 * @throws {RangeError} where the block does not hold that many
 */
export function subnet(cidr: string, prefix: number, index: number): string {
  const size = 2 ** (32 - prefix);
  const { first, last } = block(cidr);
  const start = first + index * size;
  if (index < 0 || start + size - 1 > last) throw new RangeError(`${cidr} holds no block number ${index} of length /${prefix}`);
  return `${toText(start)}/${prefix}`;
}

/** The `offset`-th address of a block. */
export function addressAt(cidr: string, offset: number): string {
  return toText(block(cidr).first + offset);
}

/** The first and the last address of a block as numbers, for sorting and searching. */
export function addressRange(cidr: string): { first: number; last: number } {
  const { first, last } = block(cidr);
  return { first, last };
}

/** Whether two blocks share an address. */
export function overlaps(one: string, other: string): boolean {
  const a = block(one);
  const b = block(other);
  return a.first <= b.last && b.first <= a.last;
}

/** Whether a block lies wholly in another. */
export function contains(outer: string, inner: string): boolean {
  const a = block(outer);
  const b = block(inner);
  return a.first <= b.first && b.last <= a.last;
}

/** The length of a block's prefix in bits. */
export function prefixLength(cidr: string): number {
  return block(cidr).prefix;
}

/** Orders blocks by first address, the wider first. */
export function compareCidrs(one: string, other: string): number {
  const a = block(one);
  const b = block(other);
  return a.first - b.first || a.prefix - b.prefix;
}
