import type { Change } from '../change';
import type { Stack } from '../stacks';
import { ApiRefusal } from './connection';
import { Inventory, identity } from './inventory';
import { nameOf, type Objects } from './objects';
import { type StackObject, stackObjects } from './stack-objects';

/** What applying a stack would change, as the API server itself says without doing it. */
export async function applyChanges(stack: Stack, objects: Objects): Promise<Change[]> {
  const wanted = stackObjects(stack);
  const changes: Change[] = [];
  for (const one of wanted) changes.push(...(await changeOf(one, objects)));
  const present = new Set(wanted.map(({ object }) => identity(object)));
  const gone = (await new Inventory(objects, stack.name).read()).filter((entry) => !entry.isProtected && !present.has(identity(entry)));
  return [...changes, ...gone.map((entry): Change => ({ action: 'remove', what: nameOf(entry) }))];
}

async function changeOf({ object }: StackObject, objects: Objects): Promise<Change[]> {
  const what = nameOf(object);
  const before = await objects.read(object);
  if (!before) return [{ action: 'add', what }];
  try {
    const after = await objects.apply(object, { dryRun: true });
    return before.metadata.generation === after.metadata.generation && withoutBooks(before) === withoutBooks(after)
      ? []
      : [{ action: 'change', what }];
  } catch (error) {
    // What cannot be changed in place has to be made anew.
    if (error instanceof ApiRefusal && error.status === 422 && /immutable/.test(error.message)) return [{ action: 'replace', what }];
    throw error;
  }
}

/** An object without what the server writes of its own accord. */
function withoutBooks({ metadata, status: _status, ...rest }: { readonly metadata: object; readonly status?: unknown }): string {
  const { managedFields: _fields, resourceVersion: _version, ...stated } = metadata as Record<string, unknown>;
  return JSON.stringify({ ...rest, metadata: stated });
}
