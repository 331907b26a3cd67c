import type { Construct } from 'constructs';
import type { CloudSitePlan, EstatePlan } from '../lib/estate/plan-schema';
import { CloudTier } from '../lib/tls/aws/tier';
import { isProtected } from '../lib/zones/classification';
import type { CloudZonePlan } from '../lib/zones/plan-schema';
import { importedTierSite } from './aws-scope';
import { SiteStack } from './aws-stack';

/** Stack of the termination tiers of one bucket of zones. It is deployed after the security group rules. */
export class TiersStack extends SiteStack {
  constructor(scope: Construct, plan: EstatePlan, site: CloudSitePlan, bucket: number, zones: readonly CloudZonePlan[]) {
    super(scope, site, {
      part: `tiers-${bucket}`,
      estate: plan.estate,
      terminationProtection: zones.some(({ criticality }) => isProtected(criticality)),
    });
    const tierSite = importedTierSite(site, this);
    for (const zone of zones) {
      const made = new CloudTier(this, zone, tierSite);
      const tier = site.tiers.find((candidate) => candidate.zone === zone.id);
      if (tier) made.addInstances(tier, plan.haproxy);
      for (const listener of site.managedListeners.filter((candidate) => candidate.zone === zone.id)) made.addManagedListener(listener);
    }
  }
}
