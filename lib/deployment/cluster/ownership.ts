import { isDeepStrictEqual } from 'node:util';
import { fieldManager, type LiveObject } from './objects';

/** What the API server keeps of one who writes to an object: which fields are theirs, and when they last changed one. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
}

/** Whether an object carries our label, and the API server knows that we applied it. */
export function isOurs(live: LiveObject): boolean {
  return ownFields(live) !== undefined && live.metadata.labels?.['app.kubernetes.io/managed-by'] === 'diptych';
}

/**
 * Whether an application of ours made an object another, by what the API server keeps of our own applications.
 *
 * The object's `resourceVersion` cannot tell: a controller that writes a status, an autoscaler or a colleague may come between reading
 * and applying. What is kept of ours becomes another with a field that we state newly or no more, with one that somebody else had
 * taken, and with every value.
 *
 * @see {@link https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management}
 */
export function isOwnChange(before: LiveObject, after: LiveObject): boolean {
  return !isDeepStrictEqual(ownFields(before), ownFields(after));
}

function ownFields({ metadata }: LiveObject): ManagedFields | undefined {
  const entries = (metadata.managedFields ?? []) as readonly ManagedFields[];
  return entries.find(({ manager, operation }) => manager === fieldManager && operation === 'Apply');
}
