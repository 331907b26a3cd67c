import { isPolicy } from '../../../readback/compare/normal-form';
import { compareValues, type Rules } from '../../../readback/compare/values';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';

/**
 * An attribute that an answer lacks is one that the API does not speak of, and the order of a list means nothing to any service. None
 * adds anything to a policy that it was given: whatever stands in it besides was put there.
 */
export const cloudRules: Rules = { absent: 'unknown', isOrdered: () => false, isWhole: isPolicy };

/** Which live resource each declared one became, and the live ones that nobody declared. */
export interface Matched {
  readonly pairs: readonly (readonly [DeclaredResource, LiveResource | undefined])[];
  readonly rest: readonly LiveResource[];
}

/** Matches resources by id; a rule that is stated with its group has none and is matched by what it says. What was never made is nowhere. */
export function matchAll(declared: readonly DeclaredResource[], live: readonly LiveResource[], { idOf }: Reader): Matched {
  const left = new Map(live.map((resource) => [resource.id, resource]));
  const take = (resource: LiveResource | undefined) => {
    if (resource) left.delete(resource.id);
    return resource;
  };
  const byId = declared.map((resource) => {
    // What it refers to may be unresolved as long as it was not made, or where nobody says what it refers to.
    const id = idOf && resource.physicalId !== undefined && resource.failure === undefined ? idOf(resource) : resource.physicalId;
    return [resource, take(id === undefined ? undefined : left.get(id))] as const;
  });
  const pairs = byId.map(([resource, found]) => {
    if (found || resource.within === undefined) return [resource, found] as const;
    return [resource, take([...left.values()].find((candidate) => saysTheSame(resource, candidate)))] as const;
  });
  return { pairs, rest: [...left.values()] };
}

function saysTheSame({ properties }: DeclaredResource, { properties: live }: LiveResource): boolean {
  return compareValues(properties, live, '', cloudRules).differences.length === 0;
}
