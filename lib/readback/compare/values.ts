import { canonicalJson } from '../../core/digest';
import type { Difference } from '../../core/finding';
import { isJsonObject, type JsonObject } from '../../core/json-object';
import { sameQuantity } from '../kubernetes/quantity';

/** Result of a comparison. The two values are equal if both lists are empty. */
export interface Comparison {
  /** Attributes whose values differ, with the expected value as `from` and the actual value as `to`. */
  readonly differences: readonly Difference[];
  /** Paths of expected attributes that could not be compared. */
  readonly unknown: readonly string[];
}

/** Placeholder for a value that cannot be known from artifacts alone, such as an ID that a service assigns. */
export const unresolved = Symbol('unresolved');

/** What depends on the API in a comparison. */
export interface ComparisonRules {
  /**
   * Meaning of an attribute that the actual value does not have.
   *
   * With `not-set` the attribute has no value, which is a difference from any expected value. With `unknown` the API does not report
   * the attribute, so it is listed in `unknown`.
   */
  readonly absent: 'not-set' | 'unknown';
  /** Returns true if the order of the elements of a list matters. */
  readonly isOrdered: (attribute: string) => boolean;
  /**
   * Returns true if the expected value of an attribute is complete, so that a key that only the actual value has is a difference
   * and not a default of the API.
   *
   * @default - no attribute is complete
   */
  readonly isComplete?: (attribute: string) => boolean;
}

const equal: Comparison = { differences: [], unknown: [] };

/**
 * Compares an expected value with an actual value, attribute by attribute.
 *
 * - Keys that only the actual value has are taken for defaults of the API and ignored, unless `rules.isComplete` says otherwise.
 * - Elements that only one of two lists has are always differences.
 * - Elements with a `name`, `Key` or `key` are compared with the element of the same name.
 * - Numbers, booleans and Kubernetes quantities are equal to their string forms.
 * - `undefined`, `null`, `{}` and `[]` are equal.
 * - An expected value that contains `unresolved` is listed in `unknown` if everything else about it is equal.
 *
 * @param attribute - path of the value, used as a prefix in the result; empty for the root
 *
 * @example
 * const rules = { absent: 'not-set', isOrdered: () => false } as const;
 * compareValues({ port: 443 }, { port: 8443, protocol: 'TCP' }, '', rules);
 * // { differences: [{ attribute: 'port', from: 443, to: 8443 }], unknown: [] }
 */
export function compareValues(expected: unknown, actual: unknown, attribute: string, rules: ComparisonRules): Comparison {
  if (isUnresolved(expected)) return { differences: [], unknown: [attribute] };
  if (isEmpty(expected) && isEmpty(actual)) return equal;
  if (actual === undefined && rules.absent === 'unknown') return { differences: [], unknown: [attribute] };
  if (isJsonObject(expected) && isJsonObject(actual)) {
    const isComplete = rules.isComplete?.(attribute) ?? false;
    const inner: ComparisonRules = isComplete ? { ...rules, absent: 'not-set', isComplete: () => true } : rules;
    const keys = Object.keys(isComplete ? { ...expected, ...actual } : expected);
    return merge(keys.map((key) => compareValues(expected[key], actual[key], join(attribute, key), inner)));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return compareLists(expected, actual, attribute, rules);
  return isSameScalar(expected, actual) ? equal : difference(attribute, expected, actual);
}

function compareLists(expected: readonly unknown[], actual: readonly unknown[], attribute: string, rules: ComparisonRules): Comparison {
  const key = namingKeyOf([...expected, ...actual]);
  if (key) {
    const named = compareNamed(expected as JsonObject[], actual as JsonObject[], key, attribute, rules);
    return named.differences.length > 0 || !rules.isOrdered(attribute)
      ? named
      : merge([named, compareOrder(expected, actual, key, attribute)]);
  }
  if (!rules.isOrdered(attribute)) return compareUnordered(expected, actual, attribute, rules);
  const length = Math.max(expected.length, actual.length);
  return merge(Array.from({ length }, (_, index) => compareElements(expected[index], actual[index], `${attribute}[${index}]`, rules)));
}

function compareOrder(expected: readonly unknown[], actual: readonly unknown[], key: string, attribute: string): Comparison {
  const namesOf = (list: readonly unknown[]) => list.map((item) => (item as JsonObject)[key]);
  const [from, to] = [namesOf(expected), namesOf(actual)];
  return canonicalJson(from) === canonicalJson(to) ? equal : difference(attribute, from, to);
}

function compareNamed(
  expected: readonly JsonObject[],
  actual: readonly JsonObject[],
  key: string,
  attribute: string,
  rules: ComparisonRules,
): Comparison {
  const byName = (list: readonly JsonObject[]) => new Map(list.map((item) => [String(item[key]), item]));
  const [from, to] = [byName(expected), byName(actual)];
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return merge(names.map((name) => compareElements(from.get(name), to.get(name), `${attribute}[${name}]`, rules)));
}

/** Pairs each expected element with an equal actual element; the elements without a partner on either side are the difference. */
function compareUnordered(expected: readonly unknown[], actual: readonly unknown[], attribute: string, rules: ComparisonRules): Comparison {
  const remaining = [...actual];
  const take = (item: unknown, matches: (comparison: Comparison) => boolean) => {
    const index = remaining.findIndex((other) => matches(compareValues(item, other, '', rules)));
    return index < 0 ? [] : remaining.splice(index, 1);
  };
  const unequal = expected.filter((item) => take(item, isEqual).length === 0);
  // Elements with unresolved parts are paired last, because they may match several actual elements.
  const unknown: string[] = [];
  const unmatched = unequal.filter((item) => {
    const [taken] = containsUnresolved(item) ? take(item, ({ differences }) => differences.length === 0) : [];
    if (taken === undefined) return true;
    unknown.push(...compareValues(item, taken, `${attribute}[${expected.indexOf(item)}]`, rules).unknown);
    return false;
  });
  return merge([{ differences: [], unknown }, compareUnmatched(expected, unmatched, remaining, attribute, rules)]);
}

function compareUnmatched(
  expected: readonly unknown[],
  unmatched: readonly unknown[],
  remaining: readonly unknown[],
  attribute: string,
  rules: ComparisonRules,
): Comparison {
  if (unmatched.length === 0 && remaining.length === 0) return equal;
  // A single element left on each side is taken for one element that changed, which gives a more precise difference.
  if (unmatched.length === 1 && remaining.length === 1)
    return compareValues(unmatched[0], remaining[0], `${attribute}[${expected.indexOf(unmatched[0])}]`, rules);
  return difference(attribute, unmatched.length > 0 ? unmatched : undefined, remaining.length > 0 ? remaining : undefined);
}

/** Compares two elements of lists. A missing element is always a difference, because an API that returns a list returns all of it. */
function compareElements(expected: unknown, actual: unknown, attribute: string, rules: ComparisonRules): Comparison {
  return expected === undefined || actual === undefined
    ? difference(attribute, expected, actual)
    : compareValues(expected, actual, attribute, rules);
}

const namingKeys = ['name', 'Key', 'key'] as const;

/** Returns the key that names the elements of a list, if every element has it. */
function namingKeyOf(items: readonly unknown[]): string | undefined {
  return namingKeys.find((key) => {
    const names = items.map((item) => (isJsonObject(item) ? item[key] : undefined));
    return items.length > 0 && names.every((name) => typeof name === 'string');
  });
}

function isSameScalar(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'object' || typeof actual === 'object') return canonicalJson(expected) === canonicalJson(actual);
  // CloudFormation accepts numbers and booleans as strings.
  return String(expected) === String(actual) || sameQuantity(expected, actual);
}

/** Returns true for `unresolved` and for a list with an unresolved element, which cannot be compared element by element. */
function isUnresolved(value: unknown): boolean {
  return value === unresolved || (Array.isArray(value) && value.some(isUnresolved));
}

/** Returns true if a value contains `unresolved` at any depth. */
function containsUnresolved(value: unknown): boolean {
  return value === unresolved || (typeof value === 'object' && value !== null && Object.values(value).some(containsUnresolved));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isEqual({ differences, unknown }: Comparison): boolean {
  return differences.length === 0 && unknown.length === 0;
}

function difference(attribute: string, from: unknown, to: unknown): Comparison {
  return { differences: [{ attribute, from, to }], unknown: [] };
}

function merge(parts: readonly Comparison[]): Comparison {
  return { differences: parts.flatMap(({ differences }) => differences), unknown: parts.flatMap(({ unknown }) => unknown) };
}

function join(attribute: string, key: string): string {
  return attribute === '' ? key : `${attribute}.${key}`;
}
