import type { CloudPlace } from '../harness/cloud';

/** Attributes that are the physical id itself. */
const identifying = new Set([
  'Id',
  'GroupId',
  'VpcId',
  'SubnetId',
  'RouteTableId',
  'LaunchTemplateId',
  'TargetGroupArn',
  'LoadBalancerArn',
  'ListenerArn',
]);

/** A value that CloudFormation takes from the account's parameter store. */
const parameterReference = /\{\{resolve:ssm:([^:}]+)\}\}/g;

/** Says what a template's references refer to, from what the cloud made of it; what it cannot know it leaves as it is. */
export class Resolver {
  private readonly pseudo: Readonly<Record<string, string>>;

  constructor(
    private readonly made: ReadonlyMap<string, string>,
    private readonly exported: ReadonlyMap<string, string>,
    private readonly parameters: Readonly<Record<string, string>>,
    { account, region, stack }: CloudPlace & { readonly stack: string },
  ) {
    this.pseudo = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack,
    };
  }

  resolve(value: unknown): unknown {
    if (typeof value === 'string') return value.replace(parameterReference, (whole, name: string) => this.parameters[name] ?? whole);
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = []] = entries;
    const answer = entries.length === 1 && name !== undefined ? this.intrinsic(name, argument) : undefined;
    return answer ?? Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(item)]));
  }

  private intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.pseudo[argument as string] ?? this.made.get(argument as string);
      case 'Fn::GetAtt': {
        const [logicalId, attribute] = argument as [string, string];
        return identifying.has(attribute) ? this.made.get(logicalId) : undefined;
      }
      case 'Fn::ImportValue':
        return this.exported.get(String(this.resolve(argument)));
      case 'Fn::Join': {
        const [separator, parts] = this.resolve(argument) as [string, unknown[]];
        return parts.every((part) => typeof part === 'string') ? parts.join(separator) : undefined;
      }
      default:
        return undefined;
    }
  }
}
