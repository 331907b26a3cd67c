import type { PlacedStack } from '../../artifacts/stacks';

/** Maximum number of concurrent tools; each uses one core and several hundred megabytes of memory. */
const atOnce = 4;

/** Outcome of a stack, as far as dependent stacks need it. */
export type StackEnd = 'done' | 'not-done';

/**
 * Runs a function for each stack once all stacks it depends on are done; independent stacks run concurrently.
 *
 * @param first - id of the site to finish before any other begins
 * @param run - returns the outcome; `blockedBy` names a dependency that was not done, in which case the stack must not be started
 * @throws the first error thrown by `run`, after every call has ended
 */
export async function runScheduled(
  stacks: readonly PlacedStack[],
  first: string | undefined,
  run: (stack: PlacedStack, blockedBy: string | undefined) => Promise<StackEnd>,
): Promise<void> {
  const ends = new Map<string, Promise<StackEnd>>();
  const slots = new Slots(atOnce);
  for (const stack of stacks) {
    const before = stacks.filter((other) => stack.after.includes(other.name) || (other.site === first && stack.site !== first));
    const runWhenReady = async () => {
      // Dependencies come earlier in the list, so their promises already exist; `siteFirst` ensures it for `first`.
      const waited = await Promise.all(before.map(async ({ name }) => ({ name, end: await ends.get(name)?.catch(() => 'not-done') })));
      const blocking = waited.find(({ end }) => end !== 'done');
      return blocking ? run(stack, blocking.name) : slots.with(() => run(stack, undefined));
    };
    ends.set(stack.name, runWhenReady());
  }
  await Promise.allSettled(ends.values());
  await Promise.all(ends.values());
}

/** Moves the stacks of one site to the front; the order within a site stays. */
export function siteFirst(stacks: readonly PlacedStack[], first: string | undefined): PlacedStack[] {
  return [...stacks.filter(({ site }) => site === first), ...stacks.filter(({ site }) => site !== first)];
}

/** Counting semaphore. */
class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async with<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
