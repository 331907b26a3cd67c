import type { criticalities, purposes, trustLevels } from './spec';

/** Defaults and groupings that follow from a zone's purpose, criticality and slot. */

type Purpose = (typeof purposes)[number];

/** Trust level of a zone: zones of one level share a network ACL. */
export type TrustLevel = (typeof trustLevels)[number];

/** Trust level of a zone that declares none, by its purpose. */
export const defaultTrustLevel: Readonly<Record<Purpose, TrustLevel>> = {
  'market-data': 'trading',
  'high-frequency-order-entry': 'trading',
  'algorithmic-trading': 'trading',
  'long-term-portfolio': 'trading',
  risk: 'post-trade',
  settlement: 'post-trade',
  'client-access': 'exposed',
  management: 'management',
};

/** Whether the stacks and load balancers of a zone have deletion protection. */
export function isProtected(criticality: (typeof criticalities)[number]): boolean {
  return criticality !== 'standard';
}

/** Zones in a bucket: few enough to keep a stack under the CloudFormation resource limit. */
const slotsPerBucket = 8;

/**
 * Number of the bucket that holds a slot.
 *
 * The zones of a bucket share their stacks and, per trust level, a network ACL. The bucket depends on the slot alone, so
 * adding or removing a zone never moves another zone to a different stack.
 */
export function bucketOf(slot: number): number {
  return Math.floor(slot / slotsPerBucket);
}
