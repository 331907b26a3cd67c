import { ownerOf } from '../../artifacts/stack-kinds';
import type { CloudClients } from '../aws/clients';
import { describeStack } from '../aws/stack-state';
import type { Taken } from '../model/tenancy';

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
