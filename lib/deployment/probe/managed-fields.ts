import type { KubernetesObject } from '../../readback/kubernetes-object';
import { fieldManager } from '../cluster/objects';
import type { Difference } from './finding';

/** Which fields somebody owns: `f:` a field, `k:` the element of a list with these keys, `v:` one with this value. */
type Fields = { readonly [step: string]: Fields };

interface ManagedFields {
  readonly manager?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Fields;
}

/** Those whose work it is to complete what we emit: ourselves, Terraform's provider, and the cluster's own controllers. */
const expected = new Set([fieldManager, 'Terraform', 'HashiCorp', 'kube-controller-manager', 'kube-scheduler', 'kube-apiserver']);

/** Annotations that tools keep their own books in. */
const books = /^(?:deployment\.kubernetes\.io\/revision|kubectl\.kubernetes\.io\/last-applied-configuration)$/;

/**
 * Fields that others have set and that were not emitted at all, so that no comparison of what was emitted could see them:
 * the API server itself keeps who owns which field.
 */
export function addedFields(emitted: KubernetesObject, live: KubernetesObject): Difference[] {
  const managers = (live.metadata.managedFields ?? []) as readonly ManagedFields[];
  const others = managers.filter(({ manager = '', subresource }) => subresource === undefined && !expected.has(manager));
  const found = others.flatMap(({ fieldsV1 = {} }) => leaves(fieldsV1, emitted, live, ''));
  return [...new Map(found.map((difference) => [difference.attribute, difference])).values()];
}

/** Walks as far as what was emitted goes: a field that was emitted is compared, one that was not is what was added. */
function leaves(fields: Fields, emitted: unknown, live: unknown, path: string): Difference[] {
  return Object.entries(fields).flatMap(([step, below]) => {
    // Elements of lists are compared as wholes already, whoever added them.
    if (!step.startsWith('f:')) return step.startsWith('k:') ? elementLeaves(step, below, emitted, live, path) : [];
    const name = step.slice(2);
    const attribute = path === '' ? name : `${path}.${name}`;
    const [planned, found] = [field(emitted, name), field(live, name)];
    if (attribute === 'status' || books.test(name) || found === undefined) return [];
    if (planned !== undefined)
      return Object.keys(below).length > 0 ? leaves(below, planned, found, attribute) : additions(planned, found, attribute);
    return [{ attribute, from: undefined, to: found }];
  });
}

/** Of a field that is owned as a whole, such as a selector, what it has beyond what was emitted. */
function additions(planned: unknown, found: unknown, path: string): Difference[] {
  if (typeof planned !== 'object' || typeof found !== 'object' || planned === null || found === null) return [];
  // Elements that are there beyond those emitted are seen by the comparison of lists.
  return Object.entries(found).flatMap(([key, value]) => {
    const attribute = Array.isArray(found) ? `${path}[${key}]` : `${path}.${key}`;
    const stated = field(planned, key);
    if (stated !== undefined) return additions(stated, value, attribute);
    return Array.isArray(found) ? [] : [{ attribute, from: undefined, to: value }];
  });
}

function elementLeaves(step: string, below: Fields, emitted: unknown, live: unknown, path: string): Difference[] {
  const keys = Object.entries(JSON.parse(step.slice(2)) as Record<string, unknown>);
  const matching = (list: unknown) =>
    Array.isArray(list) ? list.find((item) => keys.every(([key, value]) => field(item, key) === value)) : undefined;
  const [planned, found] = [matching(emitted), matching(live)];
  return planned === undefined || found === undefined
    ? []
    : leaves(below, planned, found, `${path}[${keys.map(([, value]) => value).join(',')}]`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
