import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { CloudClients } from '../../../lib/deployment/aws/clients';

/** Machine image named by the SSM parameter of the emulated firm. */
const machineImage = 'ami-0123456789abcdef0';

/** Creates what a site expects to exist before the first deployment. */
export async function prepare({ parameters }: CloudClients, machineImageParameter: string): Promise<void> {
  await parameters.send(new PutParameterCommand({ Name: machineImageParameter, Value: machineImage, Type: 'String' }));
}

/** Disables termination protection of stacks. */
export async function unprotect({ cloudFormation }: CloudClients, stacks: Iterable<string>): Promise<void> {
  for (const StackName of stacks) {
    await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  }
}
