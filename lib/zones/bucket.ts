/** Zones by slot that share stacks and, per trust level, a network ACL: few enough that no stack grows too large, and none moves. */
const slotsPerBucket = 8;

/** Number of the bucket that a slot lies in. */
export function bucketOf(slot: number): number {
  return Math.floor(slot / slotsPerBucket);
}
