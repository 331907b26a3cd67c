import { byCodeUnit } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { KubernetesObject } from '../kubernetes/object';
import { UnansweredExpression } from './expression';
import { fieldTable } from './field-table';
import { type Reading, readFields } from './fields';
import { StackReader, type TerraformJson } from './stack';

type Values = Readonly<Record<string, unknown>>;

/** What steers Terraform itself and is no part of the object. */
const steering = /^(?:id|timeouts|wait_.*|lifecycle|depends_on|provider|\/\/)$/;

/** An object, and the Terraform address of the resource it was read from. */
export interface ReadObject {
  readonly address: string;
  readonly object: KubernetesObject;
}

/** The objects of a stack, and everything that could not be read. */
export interface ReadStack {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly Problem[];
}

function readKind(type: string, values: Values, path: string): Reading<Values> {
  const kind = fieldTable.kinds[type];
  if (!kind) {
    const fix = 'Describe the object with kubernetes_manifest, or keep the resource in a stack of your own.';
    return {
      problems: [
        problem('RDB001', path, { cannot: 'read the resource', as: 'its type must stand for a kind of object', value: type, fix }),
      ],
    };
  }
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !steering.test(name)));
  const { value, problems } = readFields(own, kind.type, path);
  return { value: { apiVersion: kind.apiVersion, kind: kind.kind, ...value }, problems };
}

function readResource(reader: StackReader, type: string, name: string, resource: Values, stack: string): Reading<ReadObject> {
  const address = `${type}.${name}`;
  const path = `${stack}/${address}`;
  const { '//': _metadata, ...stated } = resource;
  try {
    const values = reader.evaluated(stated) as Values;
    // A manifest is the object, word for word.
    const { value, problems } = type === 'kubernetes_manifest' ? { value: values.manifest, problems: [] } : readKind(type, values, path);
    return problems.length > 0 ? { problems } : { value: { address, object: value as KubernetesObject }, problems };
  } catch (error) {
    if (!(error instanceof UnansweredExpression)) throw error;
    const fix = 'State the value itself, or refer to an attribute that the same stack states.';
    const as = 'artifacts alone must answer it';
    return { problems: [problem('RDB003', path, { cannot: 'evaluate an expression', as, value: error.expression, fix })] };
  }
}

/** Cluster-wide objects first, namespaces before all, so that each object finds what it stands in. */
function order({ object: one }: ReadObject, { object: other }: ReadObject): number {
  const rank = ({ kind, metadata }: KubernetesObject) => (kind === 'Namespace' ? 0 : metadata.namespace === undefined ? 1 : 2);
  return (
    rank(one) - rank(other) ||
    byCodeUnit(one.metadata.namespace ?? '', other.metadata.namespace ?? '') ||
    byCodeUnit(one.kind, other.kind) ||
    byCodeUnit(one.metadata.name, other.metadata.name)
  );
}

/**
 * Reads the objects of Kubernetes that a Terraform stack describes, from its emitted JSON alone. Data sources describe none.
 *
 * @param stack - name of the stack, for the paths of problems
 */
export function readObjects(stack: string, json: TerraformJson): ReadStack {
  const reader = new StackReader(json);
  const readings = Object.entries(json.resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources).map(([name, resource]) => readResource(reader, type, name, resource, stack)),
  );
  return {
    objects: readings.flatMap(({ value }) => value ?? []).sort(order),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
