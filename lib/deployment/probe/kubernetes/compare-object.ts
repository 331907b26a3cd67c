import { type Comparison, compareValues, type Rules } from '../../../readback/compare/values';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { addedFields } from './added-fields';
import { isBookkeepingField } from './bookkeeping-fields';

/** A field that an object lacks is not set. Lists are sets to Kubernetes, but for what is run and in which order. */
const rules: Rules = { absent: 'not-set', isOrdered: (attribute) => /\.(?:command|args|initContainers)$/.test(attribute) };

/** Compares an object that was emitted with the one that is live, whoever applied it and by which tool. */
export function compareObject(emitted: KubernetesObject, live: KubernetesObject): Comparison {
  const { differences, unknown } = compareValues(emitted, live, '', rules);
  return {
    differences: [...differences.filter(({ attribute }) => !isBookkeepingField(attribute)), ...addedFields(emitted, live)],
    unknown,
  };
}
