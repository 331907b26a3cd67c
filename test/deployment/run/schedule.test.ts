import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reversed, type Stack } from '../../../lib/artifacts/stacks';
import { runScheduled, siteFirst } from '../../../lib/deployment/run/schedule';

function stack(name: string, after: readonly string[] = []): Stack {
  return { name, site: name.slice(0, 1), half: 'cloud', after, file: '' };
}

const twoSites = [stack('a-1'), stack('a-2', ['a-1']), stack('b-1'), stack('b-2', ['b-1']), stack('a-3', ['a-2'])];

async function orderOf(stacks: readonly Stack[], first?: string, fails: ReadonlySet<string> = new Set()): Promise<string[]> {
  const said: string[] = [];
  await runScheduled(siteFirst(stacks, first), first, async ({ name }, blockedBy) => {
    if (blockedBy !== undefined) {
      said.push(`${name} waits for ${blockedBy}`);
      return 'not-done';
    }
    said.push(`${name} begins`);
    await sleep(1);
    said.push(`${name} ends`);
    return fails.has(name) ? 'not-done' : 'done';
  });
  return said;
}

describe('runScheduled', () => {
  it('runScheduled starts no stack before its dependencies have ended, for any graph', async () => {
    const graph = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(graph, async (edges) => {
        const stacks = edges.map((earlier, index) =>
          stack(
            `s${index}`,
            earlier.filter((other) => other < index).map((other) => `s${other}`),
          ),
        );
        const said = await orderOf(stacks);
        for (const { name, after } of stacks)
          for (const other of after) expect(said.indexOf(`${other} ends`)).toBeLessThan(said.indexOf(`${name} begins`));
      }),
      { numRuns: 50 },
    );
  });

  it('runScheduled only skips the stacks that depend on a failed one', async () => {
    const said = await orderOf(twoSites, undefined, new Set(['a-1']));
    expect(said).toContain('a-2 waits for a-1');
    expect(said).toContain('a-3 waits for a-2');
    expect(said).toContain('b-2 ends');
  });

  it('runScheduled finishes the first site before it starts another, and starts no other when it fails', async () => {
    const said = await orderOf(twoSites, 'b');
    expect(said.indexOf('b-2 ends')).toBeLessThan(said.indexOf('a-1 begins'));
    expect(await orderOf(twoSites, 'b', new Set(['b-2']))).toContain('a-1 waits for b-2');
  });

  it('runScheduled runs at most four stacks at a time, and starts the next when one has ended', async () => {
    let [running, most] = [0, 0];
    const stacks = Array.from({ length: 9 }, (_, index) => stack(`s${index}`));
    await runScheduled(stacks, undefined, async () => {
      most = Math.max(most, ++running);
      await sleep(5);
      running--;
      return 'done';
    });
    expect(most).toBe(4);
  });

  it('runScheduled continues with waiting stacks after one has thrown, and throws at the end', async () => {
    const begun: string[] = [];
    const ended = runScheduled(
      Array.from({ length: 6 }, (_, index) => stack(`s${index}`)),
      undefined,
      async ({ name }) => {
        begun.push(name);
        await sleep(1);
        if (name === 's0') throw new Error('no room');
        return 'done';
      },
    );
    await expect(ended).rejects.toThrow('no room');
    expect(begun).toHaveLength(6);
  });

  it('runScheduled destroys a stack after the stacks that depend on it', async () => {
    const said = await orderOf(reversed(twoSites));
    expect(said.indexOf('a-3 ends')).toBeLessThan(said.indexOf('a-2 begins'));
    expect(said.indexOf('a-2 ends')).toBeLessThan(said.indexOf('a-1 begins'));
  });
});
