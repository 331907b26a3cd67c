import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';

/** Milliseconds between two looks at a stack that is being worked on. */
const intervalMilliseconds = 2_000;

/** A stack as CloudFormation has it, or nothing. */
export async function describeStack(client: CloudFormationClient, name: string, abortSignal?: AbortSignal): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }), { abortSignal });
    return Stacks?.[0];
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** When a stack was last deployed and how that ended: something else once anybody has deployed it again. */
export async function stackFingerprint(client: CloudFormationClient, name: string): Promise<string | undefined> {
  const { LastUpdatedTime, CreationTime, StackStatus } = (await describeStack(client, name)) ?? {};
  const time = LastUpdatedTime ?? CreationTime;
  return time && `${time.toISOString()} ${StackStatus}`;
}

/**
 * Waits while CloudFormation itself still works on a stack, as it does after the command that asked for it was killed.
 *
 * @returns whether there was anything to wait for
 */
export async function waitUntilSettled(client: CloudFormationClient, name: string, signal: AbortSignal): Promise<boolean> {
  for (let waited = false; ; waited = true) {
    const stack = await describeStack(client, name, signal);
    // A stack that waits for the review of its change set waits for somebody else.
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return waited;
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}
