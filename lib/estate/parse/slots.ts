import type { Problem } from '../../core/problem';

function slotsOf(zones: unknown): Set<unknown> {
  return new Set(Object.values(zones ?? {}).map((zone: unknown) => (zone as { slot?: unknown } | null)?.slot));
}

function lowestFree(taken: ReadonlySet<unknown>): number {
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

/** Proposes a free slot in the fix of each missing or wrong slot, a different one for each zone. */
export function withFreeSlots(problems: readonly Problem[], zones: unknown): Problem[] {
  const taken = slotsOf(zones);
  return problems.map((found) => {
    if (!/^zones\/[^/]+\/slot$/.test(found.path)) return found;
    const slot = lowestFree(taken);
    taken.add(slot);
    return { ...found, fix: `Write slot: ${slot}, the lowest free slot.` };
  });
}
