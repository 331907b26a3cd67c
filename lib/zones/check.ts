import type { Problem } from '../core/problem';
import { type AddressBook, addressBook } from './address-book';
import { checkBackends } from './backend-checks';
import type { Doubt } from './doubt';
import { checkEndpoints, checkNamespaces } from './endpoint-checks';
import type { ClientAuthentication } from './endpoints';
import { checkFlows } from './flow-checks';
import { checkLinks } from './link-checks';
import { checkOverlaps } from './overlaps';
import { checkPlacement } from './placement';
import { checkReferences, type SoundSegmentation, withoutDangling } from './references';
import type { Segmentation } from './segmentation';

/**
 * Everything that is wrong with zones, endpoints, flows, links and addresses, and the part that can be planned all the same.
 *
 * @param leastClientAuthentication what the profile of a zone asks of all its endpoints
 */
export function checkSegmentation(
  estate: Segmentation,
  doubt: Doubt,
  leastClientAuthentication: (zone: string) => ClientAuthentication,
): { sound: SoundSegmentation; book: AddressBook; problems: Problem[] } {
  const sound = withoutDangling(estate, doubt);
  const book = addressBook(sound);
  const problems = [
    ...checkReferences(estate, doubt),
    ...checkPlacement(sound),
    ...checkOverlaps(sound, book),
    ...checkNamespaces(sound),
    ...checkEndpoints(sound, leastClientAuthentication),
    ...checkBackends(sound, book),
    ...checkLinks(sound),
    ...checkFlows(sound, book, doubt),
  ];
  return { sound, book, problems };
}
