import { addressRange } from './addresses';

interface Entry<T> {
  readonly first: number;
  readonly last: number;
  readonly value: T;
}

/** Index of CIDR blocks that do not overlap. Finds the block that contains or overlaps another in logarithmic time. */
export class AddressIndex<T> {
  private readonly entries: readonly Entry<T>[];

  constructor(blocks: Iterable<readonly [cidr: string, value: T]>) {
    this.entries = [...blocks].map(([cidr, value]) => ({ ...addressRange(cidr), value })).sort((one, other) => one.first - other.first);
  }

  /** Returns the value of the block that contains the given block. */
  containing(cidr: string): T | undefined {
    const { first, last } = addressRange(cidr);
    const candidate = this.lastBefore(first);
    return candidate && last <= candidate.last ? candidate.value : undefined;
  }

  /** Returns the value of the last block that has an address in common with the given block. */
  overlapping(cidr: string): T | undefined {
    const { first, last } = addressRange(cidr);
    const candidate = this.lastBefore(last);
    return candidate && first <= candidate.last ? candidate.value : undefined;
  }

  /** The last entry that starts at or before an address. */
  private lastBefore(address: number): Entry<T> | undefined {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle] as Entry<T>).first <= address) low = middle + 1;
      else high = middle;
    }
    return this.entries[low - 1];
  }
}
