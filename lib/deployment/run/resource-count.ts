import type { Stack } from '../../artifacts/stacks';
import { stackObjects } from '../../readback/terraform/stack-objects';
import { templateOf } from '../aws/deployed';
import type { OrphanedStack } from '../model/orphaned-stack';

/** Number of resources or objects that a stack declares. */
export function resourceCount(stack: Stack | OrphanedStack): number {
  if ('template' in stack || stack.half === 'cloud') return Object.keys(templateOf(stack).Resources).length;
  return stackObjects(stack).length;
}
