import type { PlacedStack } from '../../artifacts/stacks';
import type { Template } from '../../readback/cloudformation/template';

/** A live CloudFormation stack that is no longer emitted because its zones were removed from the description. */
export interface OrphanedStack extends PlacedStack {
  /** Template as deployed. */
  readonly template: Template;
}
