import type { Stack } from '../../artifacts/stacks';
import type { Step, StepContext, StepResult } from '../model/step';
import { assertDeleted } from './assert-deleted';
import { nameOf, type Objects } from './client/objects';
import { Inventory } from './inventory';
import { prune } from './prune';
import { waitUntilDeleted } from './rollout/wait-deleted';

interface DestroyProps {
  readonly stack: Stack;
  readonly estate: string;
  readonly objects: Objects;
  readonly unprotect: boolean;
}

/** Step that deletes the applied objects of one stack; protected objects are only deleted if `unprotect` is true. */
export function deleteStep(stack: Stack, estate: string, objects: Objects, unprotect: boolean): Step {
  return { stack, by: 'apply', run: (context) => destroy({ stack, estate, objects, unprotect }, context) };
}

async function destroy({ stack, estate, objects, unprotect }: DestroyProps, { say, signal }: StepContext): Promise<StepResult> {
  const inventory = new Inventory(objects, stack.name);
  const gone = (await inventory.read()).map((entry) => (unprotect ? { ...entry, isProtected: false } : entry));
  const { removed, kept } = await prune({ objects, estate, gone, say });
  for (const key of removed) await waitUntilDeleted(objects, key, signal);
  if (kept.length > 0) await inventory.write(kept, estate);
  else await inventory.delete();
  if (removed.length + kept.length === 0) await assertDeleted(stack, objects, 'apply');
  const said = kept.length > 0 ? `; kept ${kept.map(nameOf).join(', ')}` : '';
  return { changed: removed.length > 0, summary: removed.length > 0 ? `${removed.length} removed${said}` : 'was not there' };
}
