import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CloudFormationClient, paginateListExports, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, paginateDescribeParameters, type SSMClient } from '@aws-sdk/client-ssm';
import type { CloudPlace } from '../harness/cloud';
import type { Clients } from './clients';
import { Resolver } from './resolve';

/** One resource: what its template says of it, and which thing it became. */
export interface DeployedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** As the template has them, with every reference replaced by what it refers to. */
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** The templates of an assembly, by name of the stack. */
export function templates(assembly: string): Map<string, Template> {
  const suffix = '.template.json';
  const files = readdirSync(assembly).filter((file) => file.endsWith(suffix));
  return new Map(files.map((file) => [file.slice(0, -suffix.length), JSON.parse(readFileSync(join(assembly, file), 'utf8')) as Template]));
}

/** Physical ids by logical id, of one stack that is deployed. */
export async function physicalIds(client: CloudFormationClient, stack: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      if (LogicalResourceId && PhysicalResourceId && ResourceStatus?.match(/^(CREATE|UPDATE)_COMPLETE$/))
        found.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return found;
}

/** Everything that an assembly says and the cloud made of it; what was not made is absent. */
export async function deployed(
  { cloudFormation: client, parameters }: Clients,
  assembly: string,
  place: CloudPlace,
): Promise<DeployedResource[]> {
  const [exported, stored] = await Promise.all([exports(client), storedParameters(parameters)]);
  const found: DeployedResource[] = [];
  for (const [stack, { Resources }] of templates(assembly)) {
    const made = await physicalIds(client, stack);
    const resolver = new Resolver(made, exported, stored, { ...place, stack });
    for (const [logicalId, { Type: type, Properties = {} }] of Object.entries(Resources)) {
      const physicalId = made.get(logicalId);
      if (physicalId === undefined) continue;
      found.push({ stack, logicalId, type, physicalId, properties: resolver.resolve(Properties) as Record<string, unknown> });
    }
  }
  return found;
}

async function exports(client: CloudFormationClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateListExports({ client }, {})) {
    for (const { Name, Value } of page.Exports ?? []) if (Name !== undefined && Value !== undefined) found.set(Name, Value);
  }
  return found;
}

async function storedParameters(client: SSMClient): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const page of paginateDescribeParameters({ client }, {})) {
    for (const { Name } of page.Parameters ?? []) {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      if (Name !== undefined && Parameter?.Value !== undefined) found[Name] = Parameter.Value;
    }
  }
  return found;
}
