import type { EndpointPlan } from '../../zones/plan-schema';
import type { TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { endpointFileNames, endpointFolder } from './container';

/**
 * Lists the key material that the firm must place on every cloud instance of a tier, one sentence per endpoint.
 *
 * Without these files the instance waits, and the deployment waits with it until CloudFormation times out.
 */
export function keyMaterialPreconditions(endpoints: readonly EndpointPlan[], { zone, profile }: TierPlan): string[] {
  return tierEndpoints({ endpoints }).map((endpoint) => {
    const files = endpointFileNames(endpoint, profile.resumption.tickets).join(', ');
    return `The firm places ${files} in ${endpointFolder(endpoint.id)} of every instance of zone ${zone} as it starts: without them the instance waits and the deployment fails.`;
  });
}
