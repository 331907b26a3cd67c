import { isPolicy } from '../../../readback/compare/normal-form';
import { type ComparisonRules, compareValues } from '../../../readback/compare/values';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';

/**
 * Comparison rules for AWS services.
 *
 * An attribute that is missing from a response is not reported by the API. The order of lists never matters. Services add no defaults
 * to policies, so everything else in a policy was put there by somebody.
 */
export const awsRules: ComparisonRules = { absent: 'unknown', isOrdered: () => false, isComplete: isPolicy };

/** Declared resources paired with their live counterparts. */
export interface Matches {
  readonly pairs: readonly (readonly [DeclaredResource, LiveResource | undefined])[];
  /** Live resources that no template declares. */
  readonly undeclared: readonly LiveResource[];
}

/** Pairs declared resources with live ones by ID, and inline rules, which have no ID, by content. */
export function matchAll(declared: readonly DeclaredResource[], live: readonly LiveResource[], { idOf }: Reader): Matches {
  const remaining = new Map(live.map((resource) => [resource.id, resource]));
  const take = (resource: LiveResource | undefined) => {
    if (resource) remaining.delete(resource.id);
    return resource;
  };
  const byId = declared.map((resource) => {
    // The properties that idOf reads may be unresolved if the resource does not exist yet or a lookup has failed.
    const id = idOf && resource.physicalId !== undefined && resource.failure === undefined ? idOf(resource) : resource.physicalId;
    return [resource, take(id === undefined ? undefined : remaining.get(id))] as const;
  });
  const pairs = byId.map(([resource, found]) => {
    if (found || resource.parentId === undefined) return [resource, found] as const;
    return [resource, take([...remaining.values()].find((candidate) => hasSameContent(resource, candidate)))] as const;
  });
  return { pairs, undeclared: [...remaining.values()] };
}

function hasSameContent({ properties }: DeclaredResource, { properties: live }: LiveResource): boolean {
  return compareValues(properties, live, '', awsRules).differences.length === 0;
}
