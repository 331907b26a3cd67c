import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Json, resourcesOf, synthesized } from '../fixtures/terraform';
import { planned } from '../fixtures/two-sites';
import { manifestProperties } from './manifest-properties';

/** Every object of every on-prem site of an example, under `stack/address`. */
function objectsOf(example: string): Map<string, Json> {
  const plan = planned(parse(readFileSync(join(__dirname, '../../examples', example, 'estate.yaml'), 'utf8')));
  return new Map(
    Object.entries(synthesized(plan)).flatMap(([stack, json]) =>
      [...resourcesOf(json)].map(([address, object]): [string, Json] => [`${stack}/${address}`, object]),
    ),
  );
}

const examples = ['meridian', 'every-attribute'].map((example) => ({ example, objects: objectsOf(example) }));

const isOf = (at: string, type: string): boolean => at.split('/')[1]?.split('.')[0] === `kubernetes_${type}`;

describe.each(manifestProperties.map((property) => [property.title, property] as const))('in every manifest, %s', (_title, property) => {
  it.each(examples)('of the example $example', ({ objects }) => {
    const subjects = [...objects].filter(([at]) => isOf(at, property.type));
    expect(subjects.length).toBeGreaterThan(0);
    expect(subjects.flatMap(([at, object]) => (property.holds(object) ? [] : [at]))).toEqual([]);
  });

  it('or the check fails: each altered object breaks it', () => {
    const sound = [...(examples[0]?.objects ?? [])].find(([at, object]) => isOf(at, property.type) && (property.suits?.(object) ?? true));
    for (const alter of property.breaks) {
      const altered = structuredClone(sound?.[1]);
      alter(altered);
      expect(property.holds(altered), String(alter)).toBe(false);
    }
  });
});

describe.each(examples)('the namespaces of the example $example', ({ objects }) => {
  const policies = [...objects].filter(([at]) => isOf(at, 'network_policy_v1')).map(([, object]) => object);
  const namespaces = new Set(policies.map(({ metadata }) => metadata.namespace));
  const deniesAll = ({ spec }: Json) => JSON.stringify(spec) === JSON.stringify({ pod_selector: {}, policy_types: ['Ingress', 'Egress'] });

  it('each deny every pod everything by default, once', () => {
    expect(namespaces.size).toBeGreaterThan(0);
    for (const namespace of namespaces)
      expect(
        policies.filter((policy) => policy.metadata.namespace === namespace && deniesAll(policy)),
        namespace,
      ).toHaveLength(1);
  });

  it('include every namespace in which a tier runs', () => {
    for (const [at, { metadata }] of objects)
      if (isOf(at, 'deployment_v1')) expect(JSON.stringify([...namespaces]), at).toContain(metadata.namespace);
  });
});
