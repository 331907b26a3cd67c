import type { PlacedStack } from '../../artifacts/stacks';

/** Tools that run at once; each takes a processor and some hundred megabytes. */
const atOnce = 4;

/** How a stack ended, as far as those that depend on it care. */
export type StackEnd = 'done' | 'not-done';

/**
 * Runs something for every stack as soon as everything it depends on is done; stacks of different sites do not wait for one another.
 *
 * @param first - site that has to be done before any other is begun
 * @param run - answers how it ended; it is given what it depends on and was not done, so that it must not begin
 * @throws what was thrown, once everything has ended
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
      // Everything before it has its promise already where it comes earlier in the list; `first` is put to its front.
      const waited = await Promise.all(before.map(async ({ name }) => ({ name, end: await ends.get(name)?.catch(() => 'not-done') })));
      const blocking = waited.find(({ end }) => end !== 'done');
      return blocking ? run(stack, blocking.name) : slots.with(() => run(stack, undefined));
    };
    ends.set(stack.name, runWhenReady());
  }
  await Promise.allSettled(ends.values());
  await Promise.all(ends.values());
}

/** The stacks with those of one site in front, each still after those it depends on. */
export function siteFirst(stacks: readonly PlacedStack[], first: string | undefined): PlacedStack[] {
  return [...stacks.filter(({ site }) => site === first), ...stacks.filter(({ site }) => site !== first)];
}

/** As many places as may be taken at once. */
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
