import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TerraformJson } from './stack';

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ synthesizedStackPath: z.string(), dependencies: z.array(z.string()) })),
});

/** One stack as it stands in `cdktf.out`. */
export interface EmittedStack {
  readonly name: string;
  /** Id of the site it belongs to. */
  readonly site: string;
  /** Names of the stacks that come before it. */
  readonly dependencies: readonly string[];
  readonly json: TerraformJson;
}

/** The id of a stack's site: what stands before the last hyphen of its name. */
function siteOf(stack: string): string {
  return stack.slice(0, stack.lastIndexOf('-'));
}

/** Stacks in an order in which each comes after those it depends on, otherwise in the order given. */
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
 * The Terraform stacks of a finished synthesis, each after those it depends on.
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
