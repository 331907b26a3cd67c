import { isJsonObject, type JsonObject } from '../../core/json-object';

/** Returns true if an attribute contains an IAM policy document. */
export function isPolicy(attribute: string): boolean {
  return /(?:^|\.)(?:\w*Policy\w*Document|KeyPolicy)$/.test(attribute);
}

/** ARN form of an account principal. Services return it instead of the account ID, or the other way round. */
const accountRoot = /^arn:[^:]+:iam::(\d{12}):root$/;

/**
 * Rewrites a value into the form in which equivalent spellings are equal.
 *
 * A template and a service may write the same policy, or the same forward action of a listener, in different ways.
 *
 * @param property - name of the property that holds the value
 */
export function normalForm(value: unknown, property = ''): unknown {
  if (isPolicy(property)) return isJsonObject(value) ? policy(value) : value;
  if (property === 'DefaultActions' && Array.isArray(value)) return value.map(action);
  if (Array.isArray(value)) return value.map((item) => normalForm(item));
  return isJsonObject(value) ? mapped(value, (item, key) => normalForm(item, key)) : value;
}

function policy({ Statement, ...rest }: JsonObject): JsonObject {
  return { ...rest, Statement: set(Statement).map((one) => (isJsonObject(one) ? mapped(one, partOfStatement) : one)) };
}

/** Every element of a policy statement except Effect and Sid is a set, which may be written as a single value. */
function partOfStatement(value: unknown, part: string): unknown {
  if (/^(?:Effect|Sid)$/.test(part)) return value;
  if (part === 'Condition' && isJsonObject(value)) return mapped(value, (keys) => (isJsonObject(keys) ? mapped(keys, set) : keys));
  return /Principal$/.test(part) ? principals(value) : set(value);
}

/** The principal `*` is equivalent to `{ AWS: '*' }`. */
function principals(value: unknown): unknown {
  const kinds = isJsonObject(value) ? value : { AWS: value };
  return mapped(kinds, (ids) => set(set(ids).map((id) => (typeof id === 'string' ? (accountRoot.exec(id)?.[1] ?? id) : id))));
}

interface Forwarding {
  readonly TargetGroupArn?: unknown;
  readonly Weight?: number;
}

/** A forward to one target group is equivalent to a list that contains only that group, with any weight above zero. */
function action(value: unknown): unknown {
  if (!isJsonObject(value) || value.Type !== 'forward') return value;
  const { ForwardConfig, TargetGroupArn } = value as { ForwardConfig?: { TargetGroups?: readonly Forwarding[] }; TargetGroupArn?: unknown };
  const groups = ForwardConfig?.TargetGroups?.length ? ForwardConfig.TargetGroups : [{ TargetGroupArn }];
  const TargetGroups = groups.map((group: Forwarding) => {
    return { TargetGroupArn: group.TargetGroupArn, Weight: groups.length > 1 || group.Weight === 0 ? (group.Weight ?? 1) : 1 };
  });
  return { Type: 'forward', TargetGroups };
}

function set(value: unknown): unknown[] {
  return [...new Set(Array.isArray(value) ? value : [value])];
}

function mapped(values: JsonObject, map: (value: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));
}
