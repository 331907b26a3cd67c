import type { Finding } from '../../../core/finding';
import { normalForm } from '../../../readback/compare/normal-form';
import { type Comparison, compareValues } from '../../../readback/compare/values';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';
import { awsRules } from './match';

/** Key-value attribute lists of load balancers, listeners and target groups. The service returns every key; a template sets only some. */
const attributeLists = /Attributes$/;

/** Compares one declared resource with its live counterpart. */
export function compareResource(
  site: string,
  declared: DeclaredResource,
  live: LiveResource | undefined,
  { comparedElsewhere = [], defaults = {} }: Reader,
): Finding {
  const { stack, logicalId, type, properties } = declared;
  const about = { site, type, resource: `${stack}/${logicalId}`, differences: [], unknown: [] };
  const reason = declared.failure ?? live?.failure;
  if (reason !== undefined) return { ...about, verdict: 'unknown', reason };
  if (!live) return { ...about, verdict: 'missing' };
  const set = Object.entries(properties).filter(([, value]) => value !== undefined);
  const names = new Set(set.map(([name]) => name));
  const parts = [
    ...set.map(([name, value]) => (comparedElsewhere.includes(name) ? nothing : compareProperty(name, value, live.properties[name]))),
    ...Object.entries(defaults).map(([name, value]) => (names.has(name) ? nothing : compareDefault(name, value, live.properties[name]))),
  ];
  const differences = parts.flatMap((part) => part.differences);
  const unknown = parts.flatMap((part) => part.unknown);
  const verdict = differences.length > 0 ? 'drifted' : unknown.length > 0 ? 'unknown' : 'as-planned';
  const why = whyUnknown(unknown, live.unread);
  return { ...about, verdict, differences, unknown, ...(why !== '' && { reason: why }) };
}

/** Returns the reasons why requests for unknown properties failed; empty if the service does not report the properties. */
function whyUnknown(unknown: readonly string[], unread: LiveResource['unread'] = {}): string {
  const names = [...new Set(unknown.map((path) => path.split(/[.[]/)[0] ?? path))];
  return names.flatMap((name) => (unread[name] === undefined ? [] : [`${name}: ${unread[name]}`])).join('; ');
}

const nothing: Comparison = { differences: [], unknown: [] };

/** Compares a property that the template does not set with its default. A value that the service does not report is unknown, not the default. */
function compareDefault(name: string, value: unknown, live: unknown): Comparison {
  return live === undefined ? { differences: [], unknown: [name] } : compareProperty(name, value, live);
}

/** Compares one property. Of a key-value attribute list, only the keys that the template sets are compared. */
function compareProperty(name: string, expected: unknown, live: unknown): Comparison {
  if (!attributeLists.test(name) || !Array.isArray(expected) || !Array.isArray(live))
    return compareValues(normalForm(expected, name), normalForm(live, name), name, awsRules);
  const reported = new Map(live.map(({ Key, Value }: Attribute) => [Key, Value]));
  const parts = expected.map(({ Key, Value }: Attribute) => compareValues(Value, reported.get(Key), `${name}[${Key}]`, awsRules));
  return { differences: parts.flatMap(({ differences }) => differences), unknown: parts.flatMap(({ unknown }) => unknown) };
}

interface Attribute {
  readonly Key: string;
  readonly Value: unknown;
}
