import type { Difference } from '../../../core/finding';
import { isJsonObject, type JsonObject } from '../../../core/json-object';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { isApiDefault } from './api-defaults';
import { isBookkeepingField } from './bookkeeping-fields';

/**
 * Returns the fields of a live object that were not emitted and are neither API defaults nor bookkeeping.
 *
 * The comparison of emitted values ignores such fields. Field managers are not consulted: users choose their names and can remove them.
 */
export function addedFields(emitted: KubernetesObject, live: KubernetesObject): Difference[] {
  return additions(userFields(emitted), userFields(live), '').filter(
    ({ attribute, to }) => !isBookkeepingField(attribute) && !isApiDefault(live, attribute, to),
  );
}

/** Returns the part of an object that users and their tools set, without the metadata that the API server manages. */
function userFields({ apiVersion: _apiVersion, kind: _kind, status: _status, metadata, ...fields }: KubernetesObject): JsonObject {
  const { labels = {}, annotations = {}, ownerReferences, deletionTimestamp } = metadata;
  return { ...fields, metadata: { labels, annotations, ownerReferences, deletionTimestamp } };
}

function additions(emitted: unknown, live: unknown, attribute: string): Difference[] {
  if (live === undefined || live === null) return [];
  // Annotations are always compared one by one, because some of them are bookkeeping even if none was emitted.
  if (attribute.endsWith('.annotations')) return additionsIn(isJsonObject(emitted) ? emitted : {}, live, attribute);
  if (emitted === undefined || emitted === null) return [{ attribute, from: undefined, to: live }];
  if (Array.isArray(emitted) && Array.isArray(live)) {
    // Additional elements are already reported by compareValues.
    return live.flatMap((element, index) => {
      const counterpart = named(emitted, element) ?? emitted[index];
      return counterpart === undefined ? [] : additions(counterpart, element, `${attribute}[${nameOf(element) ?? index}]`);
    });
  }
  return isJsonObject(emitted) ? additionsIn(emitted, live, attribute) : [];
}

function additionsIn(emitted: JsonObject, live: unknown, attribute: string): Difference[] {
  if (!isJsonObject(live)) return [];
  return Object.entries(live).flatMap(([key, value]) => additions(emitted[key], value, attribute === '' ? key : `${attribute}.${key}`));
}

function named(list: readonly unknown[], element: unknown): unknown {
  const name = nameOf(element);
  return name === undefined ? undefined : list.find((other) => nameOf(other) === name);
}

function nameOf(element: unknown): string | undefined {
  return isJsonObject(element) && typeof element.name === 'string' ? element.name : undefined;
}
