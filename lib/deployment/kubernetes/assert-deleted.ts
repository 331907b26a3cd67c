import type { Stack } from '../../artifacts/stacks';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import { deploymentProblem } from '../codes';
import type { OnPremTool } from '../model/step';
import { nameOf, type Objects } from './client/objects';
import { inBatches } from './client/requests';
import { isOfDiptych, isOurs } from './estate-ownership';

/**
 * Checks that no object of a stack is left after a tool found nothing to destroy; each tool only manages what it deployed itself.
 *
 * @throws {StepFailure} DEP018 if objects of the stack still exist, with the tool that manages them
 */
export async function assertDeleted(stack: Stack, objects: Objects, by: OnPremTool): Promise<void> {
  const live = await inBatches(stackObjects(stack), ({ object }) => objects.read(object));
  const remaining = live.flatMap((one) => (one && isOfDiptych(one) && one.metadata.deletionTimestamp === undefined ? [one] : []));
  if (remaining.length === 0) return;
  const other = by === 'apply' ? 'terraform' : 'apply';
  const fix = remaining.some((one) => isOurs(one, { by: other }))
    ? `The other tool deployed it: use --on-prem-by ${other}.`
    : 'Delete the objects with the tool that created them; or run deploy --on-prem-by apply, which takes them over, and destroy again.';
  throw new StepFailure(
    deploymentProblem('DEP018', stack.name, {
      wrong: `objects of the stack still exist that ${by === 'apply' ? 'apply' : 'Terraform'} does not manage: ${remaining.map(nameOf).join(', ')}`,
      rule: 'a stack must be destroyed by the tool that deployed it',
      fix,
    }),
  );
}
