import { ownerOf } from '../../artifacts/stack-kinds';
import type { CloudClients } from '../aws/clients';
import { describeStack } from '../aws/stack-state';
import type { NameConflict } from '../model/preflight';

/** Deployed stacks that have the name of one of ours but belong to another estate; deploying would overwrite them. */
export async function stackConflicts(estate: string, stacks: readonly string[], { cloudFormation }: CloudClients): Promise<NameConflict[]> {
  const taken = await Promise.all(
    stacks.map(async (name): Promise<NameConflict[]> => {
      const other = ownerOf((await describeStack(cloudFormation, name))?.Description ?? '')?.estate;
      return other === undefined || other === estate ? [] : [{ what: `stack ${name}`, estate: other }];
    }),
  );
  return taken.flat();
}
