import { readFileSync } from 'node:fs';
import { type CloudFormationClient, paginateListExports, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Stack } from '../../artifacts/stacks';
import type { Template } from '../../readback/cloudformation/template';
import type { OrphanedStack } from '../model/orphaned-stack';

/** Template of a stack: the emitted file, or for an orphaned stack the deployed template. */
export function templateOf(stack: Stack | OrphanedStack): Template {
  return 'template' in stack ? stack.template : (JSON.parse(readFileSync(stack.file, 'utf8')) as Template);
}

/** Physical ids of a stack's resources by logical id; empty if the stack is not deployed. */
export async function physicalIds(client: CloudFormationClient, stack: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  try {
    for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
        const gone = ResourceStatus?.startsWith('DELETE_COMPLETE') || ResourceStatus === 'CREATE_FAILED';
        if (LogicalResourceId && PhysicalResourceId && !gone) found.set(LogicalResourceId, PhysicalResourceId);
      }
    }
  } catch (error) {
    if (!/does not exist/.test((error as Error).message)) throw error;
  }
  return found;
}

/** Values of CloudFormation exports by name. */
export async function exportedValues(client: CloudFormationClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateListExports({ client }, {})) {
    for (const { Name, Value } of page.Exports ?? []) if (Name !== undefined && Value !== undefined) found.set(Name, Value);
  }
  return found;
}

/** Values of the SSM parameters that the templates refer to; the API returns at most ten per request. */
export async function storedParameters(client: SSMClient, templates: readonly Template[]): Promise<Map<string, string>> {
  const text = JSON.stringify(templates);
  const names = [...new Set([...text.matchAll(/\{\{resolve:ssm:([^:}]+)/g)].flatMap(([, name]) => name ?? []))];
  const found = new Map<string, string>();
  for (let start = 0; start < names.length; start += 10) {
    const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: names.slice(start, start + 10) }));
    for (const { Name, Value } of Parameters) if (Name !== undefined && Value !== undefined) found.set(Name, Value);
  }
  return found;
}
