import type { PlacedStack } from '../../artifacts/stacks';
import type { Template } from '../../readback/cloudformation/template';

/** A stack that is live and that nothing emits any more: its zones have left the description. */
export interface OrphanedStack extends PlacedStack {
  /** As it was deployed. */
  readonly template: Template;
}
