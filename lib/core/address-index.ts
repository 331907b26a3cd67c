import { addressRange } from './addresses';

interface Entry<T> {
  readonly first: number;
  readonly last: number;
  readonly value: T;
}

/** Index of CIDR blocks that do not overlap. Finds the block that contains another in logarithmic time. */
export class AddressIndex<T> {
  private readonly entries: readonly Entry<T>[];

  constructor(blocks: Iterable<readonly [cidr: string, value: T]>) {
    this.entries = [...blocks].map(([cidr, value]) => ({ ...addressRange(cidr), value })).sort((one, other) => one.first - other.first);
  }

  /** Returns the value of the block that contains the given block. */
  containing(cidr: string): T | undefined {
    const { first, last } = addressRange(cidr);
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle] as Entry<T>).first <= first) low = middle + 1;
      else high = middle;
    }
    const candidate = this.entries[low - 1];
    return candidate && last <= candidate.last ? candidate.value : undefined;
  }
}
