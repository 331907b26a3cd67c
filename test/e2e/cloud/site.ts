import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { CloudClients } from '../../../lib/deployment/aws/clients';

/** Machine image that the emulated firm's own parameter names. */
const machineImage = 'ami-0123456789abcdef0';

/** Puts what a site expects of its firm before the first deployment. */
export async function prepare({ parameters }: CloudClients, machineImageParameter: string): Promise<void> {
  await parameters.send(new PutParameterCommand({ Name: machineImageParameter, Value: machineImage, Type: 'String' }));
}

/** Lifts the protection of stacks against deletion. */
export async function unprotect({ cloudFormation }: CloudClients, stacks: Iterable<string>): Promise<void> {
  for (const StackName of stacks) {
    await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  }
}
