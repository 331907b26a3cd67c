import { templateOf } from './cloud/deployed';
import { stackObjects } from './cluster/stack-objects';
import type { Stack } from './stacks';

/** How many resources a stack describes. */
export function resourceCount(stack: Stack): number {
  return stack.half === 'cloud' ? Object.keys(templateOf(stack).Resources).length : stackObjects(stack).length;
}
