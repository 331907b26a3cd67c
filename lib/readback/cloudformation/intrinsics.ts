import type { JsonObject } from '../../core/json-object';
import { partitionOf } from '../../core/partition';
import { unresolved } from '../compare/values';

/** Account and Region of a stack. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** JsonObject that the intrinsic functions of a stack resolve to. */
export interface References {
  readonly site: Environment;
  readonly stack: string;
  /** Physical IDs, keyed by logical ID. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** JsonObject of `Fn::ImportValue`, keyed by export name. */
  readonly exported: ReadonlyMap<string, string>;
  /** JsonObject of the SSM parameter store, keyed by parameter name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Returns an attribute of a resource for `Fn::GetAtt`; undefined if it is not known. */
  readonly attribute: (physicalId: string, name: string) => string | undefined;
}

/** Dynamic reference to the SSM parameter store. */
const parameterReference = /\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}/g;

/** Attributes whose value is the physical ID itself. */
const identifying = /^(?:Id|GroupId|VpcId|SubnetId|RouteTableId|LaunchTemplateId|TargetGroupArn|LoadBalancerArn|ListenerArn)$/;

/** Resolves the intrinsic functions in a value of a template. A part that cannot be resolved becomes `unresolved`; it is never guessed. */
export function resolveValue(value: unknown, references: References): unknown {
  if (typeof value === 'string') return withParameters(value, references);
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, references)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [[name = '', argument] = [], ...more] = Object.entries(value);
  const isIntrinsic = more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
  if (isIntrinsic) return intrinsicValue(name, argument, references);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveValue(item, references)]));
}

function withParameters(text: string, { parameters }: References): unknown {
  let known = true;
  const replaced = text.replace(parameterReference, (_whole, name: string) => {
    const value = parameters.get(name);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? replaced : unresolved;
}

function intrinsicValue(name: string, argument: unknown, references: References): unknown {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : (reference(String(argument), references) ?? unresolved);
    case 'Fn::GetAtt':
      return attributeOf(argument, references) ?? unresolved;
    case 'Fn::ImportValue':
      return references.exported.get(String(resolveValue(argument, references))) ?? unresolved;
    case 'Fn::Join':
      return joined(argument, references);
    case 'Fn::Sub':
      return substituted(argument, references);
    case 'Fn::Base64': {
      const text = resolveValue(argument, references);
      return typeof text === 'string' ? Buffer.from(text).toString('base64') : unresolved;
    }
    case 'Fn::Select': {
      const [index, list] = resolveValue(argument, references) as [unknown, unknown];
      return (Array.isArray(list) ? list[Number(index)] : undefined) ?? unresolved;
    }
    case 'Fn::Split': {
      const [separator, text] = resolveValue(argument, references) as [string, unknown];
      return typeof text === 'string' ? text.split(separator) : unresolved;
    }
    default:
      return unresolved;
  }
}

function reference(name: string, { site, stack, physicalIds }: References): string | undefined {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': site.account,
    'AWS::Region': site.region,
    'AWS::Partition': partitionOf(site.region),
    'AWS::URLSuffix': partitionOf(site.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack,
  };
  return pseudo[name] ?? physicalIds.get(name);
}

function attributeOf(argument: unknown, { physicalIds, attribute }: References): string | undefined {
  const [logicalId, name] = Array.isArray(argument) ? (argument as [string, string]) : (String(argument).split('.') as [string, string]);
  const physicalId = physicalIds.get(logicalId);
  if (physicalId === undefined) return undefined;
  return attribute(physicalId, name) ?? (identifying.test(name) ? physicalId : undefined);
}

function joined(argument: unknown, references: References): unknown {
  const [separator, parts] = resolveValue(argument, references) as [string, unknown];
  return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts.join(separator) : unresolved;
}

function substituted(argument: unknown, references: References): unknown {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, JsonObject];
  let known = true;
  const replaced = text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value =
      name in variables ? resolveValue(variables[name], references) : (reference(name, references) ?? attributeOf(name, references));
    known &&= typeof value === 'string';
    return String(value);
  });
  return known ? replaced : unresolved;
}
