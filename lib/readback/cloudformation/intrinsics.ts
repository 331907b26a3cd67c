import { partitionOf } from '../../core/partition';
import { unresolved } from '../compare/values';

/** Account and region that a stack is deployed to. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** What a stack's references are answered from. */
export interface Answers {
  readonly site: Environment;
  readonly stack: string;
  /** Physical ids by logical id. */
  readonly made: ReadonlyMap<string, string>;
  readonly exported: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  /** An attribute of a resource, by its physical id. */
  readonly attribute: (physicalId: string, name: string) => string | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** A value that CloudFormation takes from the account's parameter store. */
const parameterReference = /\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}/g;

/** Attributes that are the physical id itself. */
const identifying = /^(?:Id|GroupId|VpcId|SubnetId|RouteTableId|LaunchTemplateId|TargetGroupArn|LoadBalancerArn|ListenerArn)$/;

/** Says what a template's values are once deployed; what cannot be known is `unresolved`, never guessed. */
export function resolveValue(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return withParameters(value, answers);
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, answers)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [[name = '', argument] = [], ...more] = Object.entries(value);
  const intrinsic = more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
  if (intrinsic) return answerOf(name, argument, answers);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveValue(item, answers)]));
}

function withParameters(text: string, { parameters }: Answers): unknown {
  let known = true;
  const replaced = text.replace(parameterReference, (_whole, name: string) => {
    const value = parameters.get(name);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? replaced : unresolved;
}

function answerOf(name: string, argument: unknown, answers: Answers): unknown {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : (reference(String(argument), answers) ?? unresolved);
    case 'Fn::GetAtt':
      return attributeOf(argument, answers) ?? unresolved;
    case 'Fn::ImportValue':
      return answers.exported.get(String(resolveValue(argument, answers))) ?? unresolved;
    case 'Fn::Join':
      return joined(argument, answers);
    case 'Fn::Sub':
      return substituted(argument, answers);
    case 'Fn::Base64': {
      const text = resolveValue(argument, answers);
      return typeof text === 'string' ? Buffer.from(text).toString('base64') : unresolved;
    }
    case 'Fn::Select': {
      const [index, list] = resolveValue(argument, answers) as [unknown, unknown];
      return (Array.isArray(list) ? list[Number(index)] : undefined) ?? unresolved;
    }
    case 'Fn::Split': {
      const [separator, text] = resolveValue(argument, answers) as [string, unknown];
      return typeof text === 'string' ? text.split(separator) : unresolved;
    }
    default:
      return unresolved;
  }
}

function reference(name: string, { site, stack, made }: Answers): string | undefined {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': site.account,
    'AWS::Region': site.region,
    'AWS::Partition': partitionOf(site.region),
    'AWS::URLSuffix': partitionOf(site.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack,
  };
  return pseudo[name] ?? made.get(name);
}

function attributeOf(argument: unknown, { made, attribute }: Answers): string | undefined {
  const [logicalId, name] = Array.isArray(argument) ? (argument as [string, string]) : (String(argument).split('.') as [string, string]);
  const physicalId = made.get(logicalId);
  if (physicalId === undefined) return undefined;
  return attribute(physicalId, name) ?? (identifying.test(name) ? physicalId : undefined);
}

function joined(argument: unknown, answers: Answers): unknown {
  const [separator, parts] = resolveValue(argument, answers) as [string, unknown];
  return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts.join(separator) : unresolved;
}

function substituted(argument: unknown, answers: Answers): unknown {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Values];
  let known = true;
  const replaced = text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = name in variables ? resolveValue(variables[name], answers) : (reference(name, answers) ?? attributeOf(name, answers));
    known &&= typeof value === 'string';
    return String(value);
  });
  return known ? replaced : unresolved;
}
