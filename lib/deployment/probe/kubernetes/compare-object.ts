import { type Comparison, type ComparisonRules, compareValues } from '../../../readback/compare/values';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { addedFields } from './added-fields';
import { isBookkeepingField } from './bookkeeping-fields';

/** Comparison rules for the Kubernetes API. A missing field is not set, and order matters only for commands and init containers. */
const rules: ComparisonRules = { absent: 'not-set', isOrdered: (attribute) => /\.(?:command|args|initContainers)$/.test(attribute) };

/** Compares an emitted object with the live one. The result does not depend on the tool that applied it. */
export function compareObject(emitted: KubernetesObject, live: KubernetesObject): Comparison {
  const { differences, unknown } = compareValues(emitted, live, '', rules);
  return {
    differences: [...differences.filter(({ attribute }) => !isBookkeepingField(attribute)), ...addedFields(emitted, live)],
    unknown,
  };
}
