import type { Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import type { OnPremTool } from '../model/step';
import { eachOf } from './client/each-of';
import { nameOf, type Objects } from './client/objects';
import { isOfDiptych, isOurs } from './estate-ownership';

/**
 * Makes sure that a stack of which a tool found nothing to destroy is not there indeed: each tool knows only what it deployed itself.
 *
 * @throws {StepFailure} DEP018 where any of it still stands, with the tool that knows it
 */
export async function nothingStands(stack: Stack, objects: Objects, by: OnPremTool): Promise<void> {
  const live = await eachOf(stackObjects(stack), ({ object }) => objects.read(object));
  const standing = live.flatMap((one) => (one && isOfDiptych(one) && one.metadata.deletionTimestamp === undefined ? [one] : []));
  if (standing.length === 0) return;
  const other = by === 'apply' ? 'terraform' : 'apply';
  const fix = standing.some((one) => isOurs(one, { by: other }))
    ? `It was deployed by the other tool: use --on-prem-by ${other}.`
    : 'Take it away with what applied it; or deploy it once with --on-prem-by apply, which takes it over, and destroy it so.';
  const as = 'nothing of it may stand that its tool does not know';
  throw new StepFailure(problem('DEP018', stack.name, { cannot: 'destroy the stack', as, value: standing.map(nameOf), fix }));
}
