import { type CloudFormationClient, GetTemplateCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import type { CloudSite } from '../../artifacts/site';
import { ownerOf, siteOfStack } from '../../artifacts/stack-kinds';
import type { Template } from '../../readback/cloudformation/template';

/** A stack of a site as CloudFormation has it. */
export interface LiveStack {
  readonly name: string;
  /** Whether it is protected against deletion. */
  readonly isProtected: boolean;
  /** Whether CloudFormation still works on it, so that its template is not yet, or no longer, what is there. */
  readonly isBusy: boolean;
  readonly template: Template;
}

/** Stacks in these states were never made: the first is a change set that waits, the second what is left of a creation that failed. */
const neverMade = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

/** Every live stack that is a site's, by its name and by what its template says of itself, whatever is described by now. */
export async function liveStacks({ id }: CloudSite, client: CloudFormationClient, abortSignal?: AbortSignal): Promise<LiveStack[]> {
  const named: Omit<LiveStack, 'template'>[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}, { abortSignal })) {
    for (const { StackName: name = '', StackStatus = '', EnableTerminationProtection: isProtected = false } of Stacks)
      if (siteOfStack(name) === id && !neverMade.includes(StackStatus))
        named.push({ name, isProtected, isBusy: StackStatus.endsWith('_IN_PROGRESS') });
  }
  const found = await Promise.all(
    named.map(async (stack) => ({ ...stack, template: await liveTemplate(client, stack.name, abortSignal) })),
  );
  return found.flatMap(({ template, ...stack }) =>
    template && ownerOf(template.Description ?? '')?.site === id ? [{ ...stack, template }] : [],
  );
}

/** The template of a live stack; none of one that is gone, nor one that is no JSON, which the CDK always writes. */
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
