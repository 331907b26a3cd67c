import { isValues, type Values } from './values';

/** Whether an attribute holds a policy. */
export function isPolicy(attribute: string): boolean {
  return /(?:^|\.)(?:\w*Policy\w*Document|KeyPolicy)$/.test(attribute);
}

/** An account as a principal, in the two forms in which services answer it. */
const accountRoot = /^arn:[^:]+:iam::(\d{12}):root$/;

/** One form of what templates and services may say in several: policies, and where listeners forward to. */
export function normalForm(value: unknown, property = ''): unknown {
  if (isPolicy(property)) return isValues(value) ? policy(value) : value;
  if (property === 'DefaultActions' && Array.isArray(value)) return value.map(action);
  if (Array.isArray(value)) return value.map((item) => normalForm(item));
  return isValues(value) ? mapped(value, (item, key) => normalForm(item, key)) : value;
}

function policy({ Statement, ...rest }: Values): Values {
  return { ...rest, Statement: set(Statement).map((one) => (isValues(one) ? mapped(one, partOfStatement) : one)) };
}

/** All parts of a statement are sets that may be written as their only element. */
function partOfStatement(value: unknown, part: string): unknown {
  if (/^(?:Effect|Sid)$/.test(part)) return value;
  if (part === 'Condition' && isValues(value)) return mapped(value, (keys) => (isValues(keys) ? mapped(keys, set) : keys));
  return /Principal$/.test(part) ? principals(value) : set(value);
}

/** Everybody is the same as every principal of AWS. */
function principals(value: unknown): unknown {
  const kinds = isValues(value) ? value : { AWS: value };
  return mapped(kinds, (ids) => set(set(ids).map((id) => (typeof id === 'string' ? (accountRoot.exec(id)?.[1] ?? id) : id))));
}

interface Forwarding {
  readonly TargetGroupArn?: unknown;
  readonly Weight?: number;
}

/** A forward to one group is the same as a list with that group alone, whatever its weight. */
function action(value: unknown): unknown {
  if (!isValues(value) || value.Type !== 'forward') return value;
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

function mapped(values: Values, map: (value: unknown, key: string) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));
}
