import type { PartialParse } from '../../core/domain';
import type { Problem } from '../../core/problem';
import { type AddressAllocation, allocateAddresses } from '../addresses/allocation';
import { checkAllocation } from '../addresses/check-allocation';
import { checkOverlaps } from '../addresses/check-overlaps';
import type { ClientAuthentication } from '../plan/endpoints';
import type { Segmentation } from '../segmentation';
import { checkPeers } from './backends';
import { checkEndpoints, checkNamespaces } from './endpoints';
import { checkFlows } from './flows';
import { checkLinks } from './links';
import { checkReferences, dropDanglingReferences, type PlannableSegmentation } from './references';

/** Removes problems with the same remedy as an earlier one, such as the prefix that several connections over a link need. */
function onceEach(problems: readonly Problem[]): Problem[] {
  const first = new Map<string, Problem>();
  for (const found of problems) {
    const key = `${found.code} ${found.path} ${found.fix}`;
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

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
    ...checkPeers(plannable, allocation),
    ...checkLinks(plannable),
    ...checkFlows(plannable, allocation, parse),
  ];
  return { plannable, allocation, problems: onceEach(problems) };
}
