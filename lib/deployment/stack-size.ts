import { type LeftStack, templateOf } from './cloud/deployed';
import { stackObjects } from './cluster/stack-objects';
import type { Stack } from './stacks';

/** How many resources a stack describes. */
export function resourceCount(stack: Stack | LeftStack): number {
  if ('template' in stack || stack.half === 'cloud') return Object.keys(templateOf(stack).Resources).length;
  return stackObjects(stack).length;
}
