import { canonicalJson } from '../../core/digest';
import type { Difference } from '../../core/finding';
import { sameQuantity } from '../kubernetes/quantity';

/** What a comparison found of a value. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Attributes that were planned and that the answer does not speak of. */
  readonly unknown: readonly string[];
}

/** Stands for a value that nobody here can know, such as what a service made up. */
export const unresolved = Symbol('unresolved');

/** How values of an API are compared. */
export interface Rules {
  /** What an attribute that the answer lacks means: that it is not set, or that the API does not speak of it. */
  readonly absent: 'not-set' | 'unknown';
  /** Whether the order of the list in an attribute means something. */
  readonly isOrdered: (attribute: string) => boolean;
  /**
   * Whether what an attribute holds is stated whole: there, what only the live value has is a difference and no default.
   *
   * @default - nothing is
   */
  readonly isWhole?: (attribute: string) => boolean;
}

/** Values by name. */
export type Values = Readonly<Record<string, unknown>>;

const nothing: Comparison = { differences: [], unknown: [] };

/**
 * Compares every attribute of a planned value with a live one. Attributes that only the live one has are an API's own defaults, but
 * where the rules say that it is stated whole; elements of a list that only the live one has are always differences.
 */
export function compareValues(planned: unknown, live: unknown, attribute: string, rules: Rules): Comparison {
  if (holdsUnresolved(planned) && !isValues(planned)) return { differences: [], unknown: [attribute] };
  if (isEmpty(planned) && isEmpty(live)) return nothing;
  if (live === undefined && rules.absent === 'unknown') return { differences: [], unknown: [attribute] };
  if (isValues(planned) && isValues(live)) {
    const whole = rules.isWhole?.(attribute) ?? false;
    const inner: Rules = whole ? { ...rules, absent: 'not-set', isWhole: () => true } : rules;
    const keys = Object.keys(whole ? { ...planned, ...live } : planned);
    return together(keys.map((key) => compareValues(planned[key], live[key], join(attribute, key), inner)));
  }
  if (Array.isArray(planned) && Array.isArray(live)) return compareLists(planned, live, attribute, rules);
  return sameScalar(planned, live) ? nothing : differ(attribute, planned, live);
}

/** Lists whose elements have names are compared name by name, others as wholes. */
function compareLists(planned: readonly unknown[], live: readonly unknown[], attribute: string, rules: Rules): Comparison {
  const key = nameOfElements([...planned, ...live]);
  if (key) {
    const named = compareNamed(planned as Values[], live as Values[], key, attribute, rules);
    return named.differences.length > 0 || !rules.isOrdered(attribute)
      ? named
      : together([named, sameOrder(planned, live, key, attribute)]);
  }
  if (!rules.isOrdered(attribute)) return compareUnordered(planned, live, attribute, rules);
  const length = Math.max(planned.length, live.length);
  return together(Array.from({ length }, (_, index) => element(planned[index], live[index], `${attribute}[${index}]`, rules)));
}

function sameOrder(planned: readonly unknown[], live: readonly unknown[], key: string, attribute: string): Comparison {
  const namesOf = (list: readonly unknown[]) => list.map((item) => (item as Values)[key]);
  const [ours, theirs] = [namesOf(planned), namesOf(live)];
  return canonicalJson(ours) === canonicalJson(theirs) ? nothing : differ(attribute, ours, theirs);
}

function compareNamed(planned: readonly Values[], live: readonly Values[], key: string, attribute: string, rules: Rules): Comparison {
  const byName = (list: readonly Values[]) => new Map(list.map((item) => [String(item[key]), item]));
  const [ours, theirs] = [byName(planned), byName(live)];
  const all = [...new Set([...ours.keys(), ...theirs.keys()])];
  return together(all.map((name) => element(ours.get(name), theirs.get(name), `${attribute}[${name}]`, rules)));
}

/** Each planned element needs one live element of its own that it equals; what is left on either side is the difference. */
function compareUnordered(planned: readonly unknown[], live: readonly unknown[], attribute: string, rules: Rules): Comparison {
  const left = [...live];
  const take = (item: unknown, fits: (comparison: Comparison) => boolean) => {
    const index = left.findIndex((other) => fits(compareValues(item, other, '', rules)));
    return index < 0 ? [] : left.splice(index, 1);
  };
  const unequal = planned.filter((item) => take(item, isSame).length === 0);
  // One of which something cannot be known takes what it may be, once all others have theirs.
  const unknown: string[] = [];
  const unmatched = unequal.filter((item) => {
    const [taken] = mentionsUnresolved(item) ? take(item, ({ differences }) => differences.length === 0) : [];
    if (taken === undefined) return true;
    unknown.push(...compareValues(item, taken, `${attribute}[${planned.indexOf(item)}]`, rules).unknown);
    return false;
  });
  return together([{ differences: [], unknown }, compareUnmatched(planned, unmatched, left, attribute, rules)]);
}

function compareUnmatched(
  planned: readonly unknown[],
  unmatched: readonly unknown[],
  left: readonly unknown[],
  attribute: string,
  rules: Rules,
): Comparison {
  if (unmatched.length === 0 && left.length === 0) return nothing;
  // One against one, they are the same element in two states: what differs in it says more than the whole.
  if (unmatched.length === 1 && left.length === 1)
    return compareValues(unmatched[0], left[0], `${attribute}[${planned.indexOf(unmatched[0])}]`, rules);
  return differ(attribute, unmatched.length > 0 ? unmatched : undefined, left.length > 0 ? left : undefined);
}

/** An element is there or it is not: no API leaves out elements of a list that it answers. */
function element(planned: unknown, live: unknown, attribute: string, rules: Rules): Comparison {
  return planned === undefined || live === undefined ? differ(attribute, planned, live) : compareValues(planned, live, attribute, rules);
}

const namingKeys = ['name', 'Key', 'key'] as const;

function nameOfElements(items: readonly unknown[]): string | undefined {
  return namingKeys.find((key) => {
    const names = items.map((item) => (isValues(item) ? item[key] : undefined));
    return items.length > 0 && names.every((name) => typeof name === 'string');
  });
}

function sameScalar(planned: unknown, live: unknown): boolean {
  if (typeof planned === 'object' || typeof live === 'object') return canonicalJson(planned) === canonicalJson(live);
  // Templates hold numbers and booleans as text where their authors like.
  return String(planned) === String(live) || sameQuantity(planned, live);
}

function holdsUnresolved(value: unknown): boolean {
  return value === unresolved || (Array.isArray(value) && value.some(holdsUnresolved));
}

/** Whether a value that nobody can know stands anywhere in another. */
function mentionsUnresolved(value: unknown): boolean {
  return value === unresolved || (typeof value === 'object' && value !== null && Object.values(value).some(mentionsUnresolved));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isSame({ differences, unknown }: Comparison): boolean {
  return differences.length === 0 && unknown.length === 0;
}

function differ(attribute: string, from: unknown, to: unknown): Comparison {
  return { differences: [{ attribute, from, to }], unknown: [] };
}

function together(parts: readonly Comparison[]): Comparison {
  return { differences: parts.flatMap(({ differences }) => differences), unknown: parts.flatMap(({ unknown }) => unknown) };
}

function join(attribute: string, key: string): string {
  return attribute === '' ? key : `${attribute}.${key}`;
}

/** Whether a value holds others by name. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
