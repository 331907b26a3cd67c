import { addressRange } from './addresses';

interface Entry<T> {
  readonly first: number;
  readonly last: number;
  readonly value: T;
}

/** Finds, among blocks that do not overlap, the one that holds another; in time logarithmic in their number. */
export class AddressIndex<T> {
  private readonly entries: readonly Entry<T>[];

  constructor(blocks: Iterable<readonly [cidr: string, value: T]>) {
    this.entries = [...blocks].map(([cidr, value]) => ({ ...addressRange(cidr), value })).sort((one, other) => one.first - other.first);
  }

  /** The value of the block that wholly holds the given one. */
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
