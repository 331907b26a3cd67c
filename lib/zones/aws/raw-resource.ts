import { CfnResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { byCodeUnit } from '../../core/order';

/**
 * CloudFormation resources and references without L1 constructs and tokens, for resource types with thousands of instances.
 *
 * An L1 construct validates and maps its properties at every synthesis and resolves a token for every reference,
 * which adds up. Use raw resources only for types without tags, because `Tags.of` does not reach them.
 */

/** Class of an L1 construct, with its CloudFormation type and the type of its properties. */
interface ResourceKind<Props> {
  readonly CFN_RESOURCE_TYPE_NAME: string;
  new (scope: Construct, id: string, props: Props): CfnResource;
}

/** Copy of a value with capitalized keys as in CloudFormation, in the key order of L1 constructs. */
function capitalized(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(capitalized);
  const named = Object.entries(value).map(([key, child]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalized(child)] as const);
  return Object.fromEntries(named.sort(([one], [other]) => byCodeUnit(one, other)));
}

/** Adds a resource with the properties of its L1 construct. */
export function rawResource<Props extends object>(scope: Construct, id: string, kind: ResourceKind<Props>, props: Props): CfnResource {
  return new CfnResource(scope, id, { type: kind.CFN_RESOURCE_TYPE_NAME, properties: capitalized(props) as Record<string, unknown> });
}

/**
 * An intrinsic function typed as string. It cannot be concatenated.
 *
 * Raw resources and outputs accept it. L1 constructs reject it, because they validate the type.
 */
function asString(intrinsic: object): string {
  return intrinsic as unknown as string;
}

/** `Ref` of a resource of the same stack. */
export function rawRef(resource: CfnResource): string {
  return asString({ Ref: resource.stack.getLogicalId(resource) });
}

/** `Fn::GetAtt` of a resource of the same stack. */
export function rawGetAtt(resource: CfnResource, attribute: string): string {
  return asString({ 'Fn::GetAtt': [resource.stack.getLogicalId(resource), attribute] });
}

/** `Fn::ImportValue` of an export of another stack. */
export function rawImportValue(exportName: string): string {
  return asString({ 'Fn::ImportValue': exportName });
}
