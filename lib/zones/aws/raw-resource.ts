import { CfnResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { byCodeUnit } from '../../core/order';

/**
 * Resources that come by the thousand, and references to resources, as the plain data that they are in a template.
 *
 * An L1 construct checks and maps its properties each time it is asked, and resolves every reference from a token;
 * these are mapped once and hold none. Only for types without tags, which tags that an App gives to everything would miss.
 */

/** An L1 construct: its type in CloudFormation, and what may be said of it. */
interface ResourceKind<Props> {
  readonly CFN_RESOURCE_TYPE_NAME: string;
  new (scope: Construct, id: string, props: Props): CfnResource;
}

/** The same value with CloudFormation's names, which begin with a capital, in the order in which L1 constructs write them. */
function capitalized(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(capitalized);
  const named = Object.entries(value).map(([key, child]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalized(child)] as const);
  return Object.fromEntries(named.sort(([one], [other]) => byCodeUnit(one, other)));
}

/** A resource of a kind, by the properties of its L1 construct. */
export function rawResource<Props extends object>(scope: Construct, id: string, kind: ResourceKind<Props>, props: Props): CfnResource {
  return new CfnResource(scope, id, { type: kind.CFN_RESOURCE_TYPE_NAME, properties: capitalized(props) as Record<string, unknown> });
}

/**
 * A call, typed as the text that CloudFormation puts in its place; nothing can be joined to it.
 *
 * L1 constructs refuse it, plain resources and outputs take it.
 */
function call(intrinsic: object): string {
  return intrinsic as unknown as string;
}

/** What `Ref` says of a resource of the same stack. */
export function rawRef(resource: CfnResource): string {
  return call({ Ref: resource.stack.getLogicalId(resource) });
}

/** An attribute of a resource of the same stack. */
export function rawGetAtt(resource: CfnResource, attribute: string): string {
  return call({ 'Fn::GetAtt': [resource.stack.getLogicalId(resource), attribute] });
}

/** A value that another stack exports. */
export function rawImportValue(exportName: string): string {
  return call({ 'Fn::ImportValue': exportName });
}
