/** Typed floor: replays emitted resources with the L1 constructs of the CDK and the classes of the provider, as in handwritten code. */
import { type CfnResource, type Stack, Token } from 'aws-cdk-lib/core';
import type { TerraformElement, TerraformStack } from 'cdktf';
import { type BlockKind, type Json, type Maker, replay } from './replay';

type ElementClass<Scope, Element> = new (scope: Scope, id: string, props: Json) => Element;

/** Property names of which the CDK lowercases more than the first letter. */
const smallNames: Readonly<Record<string, string>> = { TargetGroupARNs: 'targetGroupArns', VPCZoneIdentifier: 'vpcZoneIdentifier' };

/** Properties that contain policy documents, whose keys are not renamed. */
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

/** Converts attributes to the property names of the provider. Keys of labels, annotations, limits and files contain no underscore. */
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

/** Name of a provider class in snake case; its folder has the same name in kebab case. */
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
