import { bucketOf } from '../../zones/classification';
import type { PlannedCloudSite } from '../planned-site';

/** CloudFormation resources that the tiers of a cloud site take; a test compares them with the templates. */

/** The load balancer of a zone. */
const perZone = 1;

/** A listener and its target group. */
const perEndpoint = 2;

/** Auto Scaling group, launch template, log group, role and instance profile. */
const perTier = 5;

/** The alarm on a hardware tier that runs in software. */
const perHardwareTier = 1;

/** Numbers of resources by the part of the stack's name; a part may come several times. */
export function tierResources({ zones, tiers }: PlannedCloudSite): [part: string, count: number][] {
  const planned = new Map(tiers.map((tier) => [tier.zone, tier]));
  return zones
    .filter(({ endpoints }) => endpoints.length > 0)
    .map(({ id, slot, endpoints }) => {
      const tier = planned.get(id);
      const ofTier = tier ? perTier + (tier.acceleration === 'hardware' ? perHardwareTier : 0) : 0;
      return [`tiers-${bucketOf(slot)}`, perZone + perEndpoint * endpoints.length + ofTier];
    });
}
