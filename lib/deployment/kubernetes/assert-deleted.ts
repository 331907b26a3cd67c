import type { Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import type { OnPremTool } from '../model/step';
import { nameOf, type Objects } from './client/objects';
import { inBatches } from './client/requests';
import { isOfDiptych, isOurs } from './estate-ownership';

/**
 * Makes sure that a stack of which a tool found nothing to destroy is not there indeed: each tool knows only what it deployed itself.
 *
 * @throws {StepFailure} DEP018 where any of it still stands, with the tool that knows it
 */
export async function assertDeleted(stack: Stack, objects: Objects, by: OnPremTool): Promise<void> {
  const live = await inBatches(stackObjects(stack), ({ object }) => objects.read(object));
  const remaining = live.flatMap((one) => (one && isOfDiptych(one) && one.metadata.deletionTimestamp === undefined ? [one] : []));
  if (remaining.length === 0) return;
  const other = by === 'apply' ? 'terraform' : 'apply';
  const fix = remaining.some((one) => isOurs(one, { by: other }))
    ? `It was deployed by the other tool: use --on-prem-by ${other}.`
    : 'Take it away with what applied it; or deploy it once with --on-prem-by apply, which takes it over, and destroy it so.';
  const as = 'nothing of it may stand that its tool does not know';
  throw new StepFailure(problem('DEP018', stack.name, { cannot: 'destroy the stack', as, value: remaining.map(nameOf), fix }));
}
