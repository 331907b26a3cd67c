import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stack } from '../../artifacts/stacks';
import { assertDeleted } from '../kubernetes/assert-deleted';
import type { Objects } from '../kubernetes/client/objects';
import type { Step, StepContext, StepResult } from '../model/step';
import { releaseOwnLock } from './state';
import { Terraform } from './terraform';

interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>>>;
}

/** Step that destroys one stack with Terraform; `prevent_destroy` is only lifted if `unprotect` is true. */
export function terraformDestroyStep(stack: Stack, objects: Objects, unprotect: boolean): Step {
  return { stack, by: 'terraform', run: (context) => destroy(stack, objects, unprotect, context) };
}

/** Override file that Terraform merges over the emitted one, which stays unchanged. */
const override = 'unprotected_override.tf.json';

async function destroy(stack: Stack, objects: Objects, unprotect: boolean, context: StepContext): Promise<StepResult> {
  const folder = dirname(stack.file);
  const file = join(folder, override);
  const terraform = new Terraform(folder, context.log, context);
  const lifted = unprotect ? withoutProtection(JSON.parse(readFileSync(stack.file, 'utf8')) as Configuration) : {};
  // Terraform rejects an empty `resource` block.
  if (Object.keys(lifted).length > 0) writeFileSync(file, JSON.stringify({ resource: lifted }));
  try {
    await terraform.run('init', '-input=false');
    const unlocked = await releaseOwnLock(terraform, context.unfinished);
    const output = await terraform.run('destroy', '-auto-approve', '-lock-timeout=30s');
    const count = Number(/(\d+) destroyed/.exec(output)?.[1] ?? 0);
    if (count === 0) await assertDeleted(stack, objects, 'terraform');
    return { changed: count > 0, summary: count > 0 ? `${count} removed` : 'was not there', unlocked };
  } finally {
    rmSync(file, { force: true });
  }
}

function withoutProtection({ resource = {} }: Configuration): NonNullable<Configuration['resource']> {
  const lifted = Object.entries(resource).map(([type, named]) => {
    const held = Object.keys(named).filter((name) => named[name]?.lifecycle?.prevent_destroy === true);
    return [type, Object.fromEntries(held.map((name) => [name, { lifecycle: { prevent_destroy: false } }]))] as const;
  });
  return Object.fromEntries(lifted.filter(([, named]) => Object.keys(named).length > 0));
}
