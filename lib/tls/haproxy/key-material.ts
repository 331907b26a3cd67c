import type { EndpointPlan } from '../../zones/plan-schema';
import type { TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { endpointFileNames, endpointFolder } from './container';

/**
 * What the firm has to place on every instance of a tier in the cloud, one sentence an endpoint.
 *
 * Without its files an instance waits, and the deployment with it, until CloudFormation gives up.
 */
export function keyMaterialPreconditions(endpoints: readonly EndpointPlan[], { zone, profile }: TierPlan): string[] {
  return tierEndpoints({ endpoints }).map((endpoint) => {
    const files = endpointFileNames(endpoint, profile.resumption.tickets).join(', ');
    return `The firm places ${files} in ${endpointFolder(endpoint.id)} of every instance of zone ${zone} as it starts: without them the instance waits and the deployment fails.`;
  });
}
