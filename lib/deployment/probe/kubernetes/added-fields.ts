import type { Difference } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { isApiDefault } from './api-defaults';
import { isBookkeepingField } from './bookkeeping-fields';

type Values = Readonly<Record<string, unknown>>;

/**
 * Fields that were not emitted, so that no comparison of what was emitted could see them, and that the cluster does not fill in by itself.
 *
 * Who set a field is not asked: field managers are named by their users, and may be taken out of an object.
 */
export function addedFields(emitted: KubernetesObject, live: KubernetesObject): Difference[] {
  return additions(body(emitted), body(live), '').filter(
    ({ attribute, to }) => !isBookkeepingField(attribute) && !isApiDefault(live, attribute, to),
  );
}

/** What of an object people and their tools decide; the rest of its metadata is the API server's own. */
function body({ apiVersion: _apiVersion, kind: _kind, status: _status, metadata, ...fields }: KubernetesObject): Values {
  const { labels = {}, annotations = {}, ownerReferences, deletionTimestamp } = metadata;
  return { ...fields, metadata: { labels, annotations, ownerReferences, deletionTimestamp } };
}

function additions(planned: unknown, found: unknown, attribute: string): Difference[] {
  if (found === undefined || found === null) return [];
  // Of annotations some are books, so that each is looked at by itself also where none was emitted.
  if (attribute.endsWith('.annotations')) return additionsIn(isValues(planned) ? planned : {}, found, attribute);
  if (planned === undefined || planned === null) return [{ attribute, from: undefined, to: found }];
  if (Array.isArray(planned) && Array.isArray(found)) {
    // Elements beyond those emitted are seen by the comparison of lists.
    return found.flatMap((element, index) => {
      const counterpart = named(planned, element) ?? planned[index];
      return counterpart === undefined ? [] : additions(counterpart, element, `${attribute}[${nameOf(element) ?? index}]`);
    });
  }
  return isValues(planned) ? additionsIn(planned, found, attribute) : [];
}

function additionsIn(planned: Values, found: unknown, attribute: string): Difference[] {
  if (!isValues(found)) return [];
  return Object.entries(found).flatMap(([key, value]) => additions(planned[key], value, attribute === '' ? key : `${attribute}.${key}`));
}

function named(list: readonly unknown[], element: unknown): unknown {
  const name = nameOf(element);
  return name === undefined ? undefined : list.find((other) => nameOf(other) === name);
}

function nameOf(element: unknown): string | undefined {
  return isValues(element) && typeof element.name === 'string' ? element.name : undefined;
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
