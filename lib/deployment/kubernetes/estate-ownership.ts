import { isDeepStrictEqual } from 'node:util';
import { estateLabel } from '../../core/labels';
import type { OnPremTool } from '../model/step';
import { fieldManager, type LiveObject } from './client/objects';

/** Entry of `managedFields`: the fields owned by one manager. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
}

/** Manager and operation of each tool; the Terraform provider uses one for typed resources and one for manifests. */
const managers: Readonly<Record<OnPremTool, ReadonlySet<string>>> = {
  apply: new Set([`${fieldManager} Apply`]),
  terraform: new Set(['HashiCorp Update', 'Terraform Apply']),
};

/** Tool and estate that an object must belong to in order to count as ours. */
export interface Owner {
  readonly by: OnPremTool;
  /** @default - any estate: Terraform only deletes what is in the state of this one */
  readonly estate?: string;
}

/** True if an object has our labels and its managed fields show that the given tool wrote it. */
export function isOurs(live: LiveObject, { by, estate }: Owner): boolean {
  if (estate !== undefined && otherEstate(live, estate) !== undefined) return false;
  return isOfDiptych(live) && writtenBy(live, by) !== undefined;
}

/**
 * The other estate that an object of Diptych belongs to; undefined if it is ours, or was written by a version that did not label the
 * estate.
 */
export function otherEstate(live: LiveObject, estate: string): string | undefined {
  const named = isOfDiptych(live) ? live.metadata.labels?.[estateLabel] : undefined;
  return named === estate ? undefined : named;
}

/** True if an object has the `managed-by` label of Diptych, whichever tool wrote it. */
export function isOfDiptych({ metadata }: LiveObject): boolean {
  return metadata.labels?.['app.kubernetes.io/managed-by'] === 'diptych';
}

/**
 * True if our apply changed an object, judged by the `managedFields` entry of our field manager.
 *
 * `resourceVersion` is not usable: a controller, an autoscaler or a person may write between our read and our apply. Our entry changes if
 * we add or drop a field, take over a field of another manager, or change a value.
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
