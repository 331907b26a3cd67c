import type { LiveResource, Reader } from '../readers/reader';
import { type Comparison, compareValues } from './compare';
import type { DeclaredResource } from './declared';
import type { Finding } from './finding';
import { cloudRules } from './match';

/** Attributes of balancers and target groups: a service answers all there are, a template states those it cares for. */
const attributeLists = /Attributes$/;

/** What is true of one declared resource. */
export function compareResource(
  site: string,
  declared: DeclaredResource,
  live: LiveResource | undefined,
  { elsewhere = [] }: Reader,
): Finding {
  const { stack, logicalId, type, properties } = declared;
  const about = { site, type, resource: `${stack}/${logicalId}`, differences: [], unknown: [] };
  if (!live) return { ...about, verdict: 'missing' };
  const parts = Object.entries(properties)
    .filter(([name, value]) => !elsewhere.includes(name) && value !== undefined)
    .map(([name, value]) => compareProperty(name, value, live.properties[name]));
  const differences = parts.flatMap((part) => part.differences);
  const unknown = parts.flatMap((part) => part.unknown);
  const verdict = differences.length > 0 ? 'drifted' : unknown.length > 0 ? 'unknown' : 'as-planned';
  return { ...about, verdict, differences, unknown };
}

/** Of a list of attributes those that are stated are compared; one that the service does not answer is one it does not speak of. */
function compareProperty(name: string, planned: unknown, live: unknown): Comparison {
  if (!attributeLists.test(name) || !Array.isArray(planned) || !Array.isArray(live)) return compareValues(planned, live, name, cloudRules);
  const answered = new Map(live.map(({ Key, Value }: Attribute) => [Key, Value]));
  const parts = planned.map(({ Key, Value }: Attribute) => compareValues(Value, answered.get(Key), `${name}[${Key}]`, cloudRules));
  return { differences: parts.flatMap(({ differences }) => differences), unknown: parts.flatMap(({ unknown }) => unknown) };
}

interface Attribute {
  readonly Key: string;
  readonly Value: unknown;
}
