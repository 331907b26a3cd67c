import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Clients } from './clients';
import { balancingReaders } from './read-back/balancing';
import { fleetReaders } from './read-back/fleets';
import { networkReaders } from './read-back/network';
import type { Reader } from './read-back/reader';
import { serviceReaders } from './read-back/services';

/** Machine image that the emulated firm's own parameter names. */
const machineImage = 'ami-0123456789abcdef0';

/** Puts what a site expects of its firm before the first deployment. */
export async function prepare({ parameters }: Clients, machineImageParameter: string): Promise<void> {
  await parameters.send(new PutParameterCommand({ Name: machineImageParameter, Value: machineImage, Type: 'String' }));
}

/** Lifts the protection of stacks against deletion. */
export async function unprotect({ cloudFormation }: Clients, stacks: Iterable<string>): Promise<void> {
  for (const StackName of stacks) {
    await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  }
}

/** Readers of every type whose API the emulator answers faithfully. */
export function readersOf({ ec2, balancing, scaling }: Clients): Reader[] {
  return [...networkReaders(ec2), ...serviceReaders(ec2), ...balancingReaders(balancing), ...fleetReaders(scaling, ec2)];
}
