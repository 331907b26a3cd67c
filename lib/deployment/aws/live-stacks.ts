import { type CloudFormationClient, GetTemplateCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import type { CloudSite } from '../../artifacts/site';
import { ownerOf, parseStackName, unknownStackKind } from '../../artifacts/stack-kinds';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { Template } from '../../readback/cloudformation/template';

/** A deployed stack of a site, as CloudFormation reports it. */
export interface LiveStack {
  readonly name: string;
  /** True if termination protection is enabled. */
  readonly isProtected: boolean;
  /** True while an operation on the stack is in progress, during which the template may not match the resources. */
  readonly isBusy: boolean;
  readonly template: Template;
}

/** States of stacks without resources: a change set awaiting review, and a creation that was rolled back. */
const neverMade = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

/**
 * All deployed stacks of a site, recognized by their name and the description in their template, whether still emitted or not.
 *
 * @throws {Refusal} ART010 for a stack whose description names the site and whose name has no known kind
 */
export async function liveStacks({ id }: CloudSite, client: CloudFormationClient, abortSignal?: AbortSignal): Promise<LiveStack[]> {
  const named: Omit<LiveStack, 'template'>[] = [];
  const unknown: Problem[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}, { abortSignal })) {
    for (const { StackName: name = '', StackStatus = '', Description = '', EnableTerminationProtection: isProtected = false } of Stacks) {
      if (neverMade.includes(StackStatus)) continue;
      const parsed = parseStackName(name);
      if (parsed?.half !== 'cloud') {
        if (ownerOf(Description)?.site === id) unknown.push(unknownStackKind(`sites/${id}`, name));
      } else if (parsed.site === id) named.push({ name, isProtected, isBusy: StackStatus.endsWith('_IN_PROGRESS') });
    }
  }
  if (unknown.length > 0) throw new Refusal('refused', unknown);
  const found = await Promise.all(
    named.map(async (stack) => ({ ...stack, template: await liveTemplate(client, stack.name, abortSignal) })),
  );
  return found.flatMap(({ template, ...stack }) =>
    template && ownerOf(template.Description ?? '')?.site === id ? [{ ...stack, template }] : [],
  );
}

/** Template of a deployed stack; undefined if the stack is gone or its template is not JSON, the format the CDK always uses. */
export async function liveTemplate(
  client: CloudFormationClient,
  StackName: string,
  abortSignal?: AbortSignal,
): Promise<Template | undefined> {
  try {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }), { abortSignal });
    return JSON.parse(TemplateBody) as Template;
  } catch (error) {
    if (error instanceof SyntaxError || /does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}
