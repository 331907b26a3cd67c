import type { Finding } from '../../../core/finding';
import { normalForm } from '../../../readback/compare/normal-form';
import { type Comparison, compareValues } from '../../../readback/compare/values';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';
import { cloudRules } from './match';

/** Attributes of balancers and target groups: a service answers all there are, a template states those it cares for. */
const attributeLists = /Attributes$/;

/** What is true of one declared resource. */
export function compareResource(
  site: string,
  declared: DeclaredResource,
  live: LiveResource | undefined,
  { elsewhere = [], unstated = {} }: Reader,
): Finding {
  const { stack, logicalId, type, properties } = declared;
  const about = { site, type, resource: `${stack}/${logicalId}`, differences: [], unknown: [] };
  const reason = declared.failure ?? live?.failure;
  if (reason !== undefined) return { ...about, verdict: 'unknown', reason };
  if (!live) return { ...about, verdict: 'missing' };
  const stated = Object.entries(properties).filter(([, value]) => value !== undefined);
  const names = new Set(stated.map(([name]) => name));
  const parts = [
    ...stated.map(([name, value]) => (elsewhere.includes(name) ? nothing : compareProperty(name, value, live.properties[name]))),
    ...Object.entries(unstated).map(([name, value]) => (names.has(name) ? nothing : compareUnstated(name, value, live.properties[name]))),
  ];
  const differences = parts.flatMap((part) => part.differences);
  const unknown = parts.flatMap((part) => part.unknown);
  const verdict = differences.length > 0 ? 'drifted' : unknown.length > 0 ? 'unknown' : 'as-planned';
  return { ...about, verdict, differences, unknown };
}

const nothing: Comparison = { differences: [], unknown: [] };

/** That nothing is set has to be said by the service: no answer is not the same. */
function compareUnstated(name: string, meaning: unknown, live: unknown): Comparison {
  return live === undefined ? { differences: [], unknown: [name] } : compareProperty(name, meaning, live);
}

/** Of a list of attributes those that are stated are compared; one that the service does not answer is one it does not speak of. */
function compareProperty(name: string, planned: unknown, live: unknown): Comparison {
  if (!attributeLists.test(name) || !Array.isArray(planned) || !Array.isArray(live))
    return compareValues(normalForm(planned, name), normalForm(live, name), name, cloudRules);
  const answered = new Map(live.map(({ Key, Value }: Attribute) => [Key, Value]));
  const parts = planned.map(({ Key, Value }: Attribute) => compareValues(Value, answered.get(Key), `${name}[${Key}]`, cloudRules));
  return { differences: parts.flatMap(({ differences }) => differences), unknown: parts.flatMap(({ unknown }) => unknown) };
}

interface Attribute {
  readonly Key: string;
  readonly Value: unknown;
}
