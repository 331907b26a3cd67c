import type { JsonObject } from '../../core/json-object';
import { byCodeUnit } from '../../core/order';
import type { Problem } from '../../core/problem';
import { readbackProblem } from '../codes';
import type { KubernetesObject } from '../kubernetes/object';
import { UnresolvedExpression } from './expression';
import { fieldTable } from './field-table';
import { type Reading, readFields } from './fields';
import { StackEvaluator, type TerraformJson } from './stack';

/** Meta-arguments that control Terraform and are not part of the object. */
const metaArguments = /^(?:id|timeouts|wait_.*|lifecycle|depends_on|provider|\/\/)$/;

/** Kubernetes object and the Terraform address of its resource. */
export interface ReadObject {
  readonly address: string;
  readonly object: KubernetesObject;
}

/** Objects of a stack, and the problems of resources that could not be read. */
export interface ReadStack {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly Problem[];
}

function readKind(type: string, values: JsonObject, path: string): Reading<JsonObject> {
  const kind = fieldTable.kinds[type];
  if (!kind) {
    const fix = 'Describe the object with kubernetes_manifest, or keep the resource in a stack of your own.';
    const wrong = 'the resource type does not correspond to a known kind of Kubernetes object';
    const rule = 'every resource of an on-prem stack must be a Kubernetes object';
    return { problems: [readbackProblem('RDB001', path, { wrong, rule, got: type, fix })] };
  }
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !metaArguments.test(name)));
  const { value, problems } = readFields(own, kind.type, path);
  return { value: { apiVersion: kind.apiVersion, kind: kind.kind, ...value }, problems };
}

function readResource(reader: StackEvaluator, type: string, name: string, resource: JsonObject, stack: string): Reading<ReadObject> {
  const address = `${type}.${name}`;
  const path = `${stack}/${address}`;
  const { '//': _metadata, ...stated } = resource;
  try {
    const values = reader.evaluated(stated) as JsonObject;
    // kubernetes_manifest contains the object itself, so no field needs to be converted.
    const { value, problems } = type === 'kubernetes_manifest' ? { value: values.manifest, problems: [] } : readKind(type, values, path);
    return problems.length > 0 ? { problems } : { value: { address, object: value as KubernetesObject }, problems };
  } catch (error) {
    if (!(error instanceof UnresolvedExpression)) throw error;
    const wrong = 'the expression cannot be resolved from the artifacts';
    const rule = 'an expression must refer to an attribute of a resource in the same stack';
    const fix = 'Write the value itself, or refer to an attribute that the same stack sets.';
    return { problems: [readbackProblem('RDB003', path, { wrong, rule, got: error.expression, fix })] };
  }
}

/** Sorts namespaces first, then cluster-scoped objects, so that a namespace exists before its objects are applied. */
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
 * Reads the Kubernetes objects of a Terraform stack from its emitted JSON alone. Data sources are skipped.
 *
 * @param stack - name of the stack, used in the paths of problems
 */
export function readObjects(stack: string, json: TerraformJson): ReadStack {
  const reader = new StackEvaluator(json);
  const readings = Object.entries(json.resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources).map(([name, resource]) => readResource(reader, type, name, resource, stack)),
  );
  return {
    objects: readings.flatMap(({ value }) => value ?? []).sort(order),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
