import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';

/** Milliseconds between two requests for the state of a stack. */
const intervalMilliseconds = 2_000;

/** Description of a deployed stack; undefined if it does not exist. */
export async function describeStack(client: CloudFormationClient, name: string, abortSignal?: AbortSignal): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }), { abortSignal });
    return Stacks?.[0];
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Time and status of the last deployment of a stack; differs after every deployment. */
export async function stackFingerprint(client: CloudFormationClient, name: string): Promise<string | undefined> {
  const { LastUpdatedTime, CreationTime, StackStatus } = (await describeStack(client, name)) ?? {};
  const time = LastUpdatedTime ?? CreationTime;
  return time && `${time.toISOString()} ${StackStatus}`;
}

/**
 * Waits while CloudFormation is working on a stack, which continues after the command that started it was killed.
 *
 * @returns whether there was an operation to wait for
 */
export async function waitUntilSettled(client: CloudFormationClient, name: string, signal: AbortSignal): Promise<boolean> {
  for (let waited = false; ; waited = true) {
    const stack = await describeStack(client, name, signal);
    // A stack in review waits for a person and not for CloudFormation.
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return waited;
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}
