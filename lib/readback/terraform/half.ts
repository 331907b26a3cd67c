import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TerraformJson } from './stack';

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ synthesizedStackPath: z.string(), dependencies: z.array(z.string()) })),
});

/** One stack of `cdktf.out`. */
export interface EmittedStack {
  readonly name: string;
  /** Id of its site. */
  readonly site: string;
  /** Names of the stacks that must be applied before it. */
  readonly dependencies: readonly string[];
  readonly json: TerraformJson;
}

/** Returns the site id of a stack, which is the part of its name before the last hyphen. */
function siteOf(stack: string): string {
  return stack.slice(0, stack.lastIndexOf('-'));
}

/** Sorts stacks so that each follows its dependencies; otherwise the given order is kept. */
function inOrder(stacks: readonly EmittedStack[]): EmittedStack[] {
  const placed = new Map<string, EmittedStack>();
  const place = (stack: EmittedStack): void => {
    if (placed.has(stack.name)) return;
    for (const before of stacks.filter(({ name }) => stack.dependencies.includes(name))) place(before);
    placed.set(stack.name, stack);
  };
  stacks.forEach(place);
  return [...placed.values()];
}

/**
 * Reads the Terraform stacks of a finished synthesis. Each stack follows its dependencies.
 *
 * @param folder - `cdktf.out`
 */
export function readTerraformHalf(folder: string): EmittedStack[] {
  const { stacks } = manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return inOrder(
    Object.entries(stacks).map(([name, { synthesizedStackPath, dependencies }]) => ({
      name,
      site: siteOf(name),
      dependencies,
      json: JSON.parse(readFileSync(join(folder, synthesizedStackPath), 'utf8')),
    })),
  );
}
