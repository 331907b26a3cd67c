import { ownerOf } from '../../core/stack-name';
import type { Taken } from '../taken';
import type { CloudClients } from './clients';
import { describeStack } from './stack-state';

/** Stacks of a site whose names another estate's stacks bear: deployed, they would take its place. */
export async function takenStacks(estate: string, stacks: readonly string[], { cloudFormation }: CloudClients): Promise<Taken[]> {
  const taken = await Promise.all(
    stacks.map(async (name): Promise<Taken[]> => {
      const other = ownerOf((await describeStack(cloudFormation, name))?.Description ?? '')?.estate;
      return other === undefined || other === estate ? [] : [{ what: `stack ${name}`, estate: other }];
    }),
  );
  return taken.flat();
}
