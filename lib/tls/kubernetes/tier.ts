import { Construct } from 'constructs';
import { autoscaler, disruptionBudget } from './availability';
import { configuration } from './configuration';
import type { TierContext } from './context';
import { deployment } from './deployment';
import { deviceQuota, serviceAccount, tierQuota } from './foundation';
import { endpointService } from './service';

/** Adds the objects that must exist before the pods of a tier: ServiceAccount and quotas. */
export function addTierFoundation(segment: Construct, context: TierContext, namespace: string): void {
  serviceAccount(segment, context, namespace);
  tierQuota(segment, context, namespace);
  deviceQuota(segment, context, namespace);
}

/** Terminates TLS for one zone on a cluster: Deployment, disruption budget, autoscaler, and a load balancer Service for each endpoint. */
export class TerminationTier extends Construct {
  constructor(scope: Construct, context: TierContext) {
    super(scope, context.zone.id);
    const { metadata } = configuration(this, context);
    const fleet = deployment(this, context, metadata.name);
    disruptionBudget(this, context);
    autoscaler(this, context, fleet.metadata.name);
    for (const endpoint of context.zone.endpoints) endpointService(this, context, endpoint);
  }
}
