import { isDeepStrictEqual } from 'node:util';
import { estateLabel } from '../../core/labels';
import type { OnPremTool } from '../model/step';
import { fieldManager, type LiveObject } from './client/objects';

/** What the API server keeps of one who writes to an object: which fields are theirs, and when they last changed one. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
}

/** Names under which each tool writes; Terraform's provider has one for typed resources, and one for manifests. */
const managers: Readonly<Record<OnPremTool, ReadonlySet<string>>> = {
  apply: new Set([`${fieldManager} Apply`]),
  terraform: new Set(['HashiCorp Update', 'Terraform Apply']),
};

/** Whose an object has to be to be ours. */
export interface Owner {
  readonly by: OnPremTool;
  /** @default - any, as Terraform takes away nothing but what is in the state of this estate */
  readonly estate?: string;
}

/** Whether an object carries our labels, and the API server knows that the tool that we deploy with wrote it. */
export function isOurs(live: LiveObject, { by, estate }: Owner): boolean {
  if (estate !== undefined && otherEstate(live, estate) !== undefined) return false;
  return isOfDiptych(live) && writtenBy(live, by) !== undefined;
}

/** The estate that something of Diptych's belongs to, where it is another; what an earlier version wrote without a name counts as ours. */
export function otherEstate(live: LiveObject, estate: string): string | undefined {
  const named = isOfDiptych(live) ? live.metadata.labels?.[estateLabel] : undefined;
  return named === estate ? undefined : named;
}

/** Whether an object carries the label of everything that Diptych describes, whoever applied it. */
export function isOfDiptych({ metadata }: LiveObject): boolean {
  return metadata.labels?.['app.kubernetes.io/managed-by'] === 'diptych';
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
  return !isDeepStrictEqual(writtenBy(before, 'apply'), writtenBy(after, 'apply'));
}

function writtenBy({ metadata }: LiveObject, by: OnPremTool): ManagedFields | undefined {
  const entries = (metadata.managedFields ?? []) as readonly ManagedFields[];
  return entries.find(({ manager, operation }) => managers[by].has(`${manager} ${operation}`));
}
