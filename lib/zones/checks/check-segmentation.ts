import type { PartialParse } from '../../core/domain';
import type { Problem } from '../../core/problem';
import { type AddressAllocation, allocateAddresses } from '../addresses/allocation';
import { checkAllocation } from '../addresses/check-allocation';
import { checkOverlaps } from '../addresses/check-overlaps';
import type { ClientAuthentication } from '../plan/endpoints';
import type { Segmentation } from '../segmentation';
import { checkBackends } from './backends';
import { checkEndpoints, checkNamespaces } from './endpoints';
import { checkFlows } from './flows';
import { checkLinks } from './links';
import { checkReferences, dropDanglingReferences, type PlannableSegmentation } from './references';

/**
 * Checks zones, endpoints, flows, links and addresses.
 *
 * Returns all problems, and the part of the segmentation that can be planned in spite of them.
 *
 * @param minimumClientAuthentication client authentication that the TLS profile of a zone requires for all its endpoints
 */
export function checkSegmentation(
  estate: Segmentation,
  parse: PartialParse,
  minimumClientAuthentication: (zone: string) => ClientAuthentication,
): { plannable: PlannableSegmentation; allocation: AddressAllocation; problems: Problem[] } {
  const plannable = dropDanglingReferences(estate, parse);
  const allocation = allocateAddresses(plannable);
  const problems = [
    ...checkReferences(estate, parse),
    ...checkAllocation(plannable),
    ...checkOverlaps(plannable, allocation),
    ...checkNamespaces(plannable),
    ...checkEndpoints(plannable, minimumClientAuthentication),
    ...checkBackends(plannable, allocation),
    ...checkLinks(plannable),
    ...checkFlows(plannable, allocation, parse),
  ];
  return { plannable, allocation, problems };
}
