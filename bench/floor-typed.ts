/** The floor of whoever writes by hand: replays emitted resources through the L1 constructs of the CDK and the classes of the provider. */
import { type CfnResource, type Stack, Token } from 'aws-cdk-lib/core';
import type { TerraformElement, TerraformStack } from 'cdktf';
import { type BlockKind, type Json, type Maker, replay } from './replay';

type ElementClass<Scope, Element> = new (scope: Scope, id: string, props: Json) => Element;

/** Names of properties in which the CDK writes more than the first letter small. */
const smallNames: Readonly<Record<string, string>> = { TargetGroupARNs: 'targetGroupArns', VPCZoneIdentifier: 'vpcZoneIdentifier' };

/** Properties that hold JSON of another language, whose names stay. */
const documents = /Document$|^KeyPolicy$/;

function isIntrinsic(value: Json): boolean {
  const [key = '', ...others] = Object.keys(value);
  return others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}

function toProps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toProps);
  if (typeof value !== 'object' || value === null) return value;
  if (isIntrinsic(value as Json)) return Token.asString(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      smallNames[key] ?? key.charAt(0).toLowerCase() + key.slice(1),
      documents.test(key) ? child : toProps(child),
    ]),
  );
}

/** Attributes in the provider's names; keys of labels, annotations, limits and files hold no underscore. */
function toConfig(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toConfig);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [camelCase(key), toConfig(child)]));
}

function camelCase(name: string): string {
  return /^[a-z0-9_]+$/.test(name) ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name;
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

const l1Class = memoized((type) => {
  const [, service = '', name = ''] = type.split('::');
  return require(`aws-cdk-lib/aws-${service.toLowerCase()}`)[`Cfn${name}`] as ElementClass<Stack, CfnResource>;
});

/** Name of a class of the provider, in snake case; its folder has the same, in kebab case. */
const classNames: Readonly<Record<BlockKind, (type: string) => string>> = {
  provider: () => 'kubernetes_provider',
  data: (type) => `data_${type}`,
  resource: (type) => type.replace(/^kubernetes_/, ''),
};

const providerClass = memoized((name) => {
  const folder = name === 'kubernetes_provider' ? 'provider' : name.replaceAll('_', '-');
  return require(`@cdktf/provider-kubernetes/lib/${folder}`)[camelCase(`_${name}`)] as ElementClass<TerraformStack, TerraformElement>;
});

const maker: Maker = {
  resource(stack: Stack, logicalId: string, type: string, properties: Json): CfnResource {
    return new (l1Class(type))(stack, logicalId, toProps(properties) as Json);
  },
  block(stack: TerraformStack, id: string, kind: BlockKind, type: string, attributes: Json): TerraformElement {
    return new (providerClass(classNames[kind](type)))(stack, id, toConfig(attributes) as Json);
  },
};

replay(maker);
