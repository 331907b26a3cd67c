import type { Problem } from '../../core/problem';
import { type AddressBook, addressBook } from '../addresses/address-book';
import { checkOverlaps } from '../addresses/overlaps';
import { checkPlacement } from '../addresses/placement';
import type { ClientAuthentication } from '../plan/endpoints';
import type { Segmentation } from '../segmentation';
import { checkBackends } from './backends';
import { checkEndpoints, checkNamespaces } from './endpoints';
import { checkFlows } from './flows';
import { checkLinks } from './links';
import type { Doubt } from './partial-parse';
import { checkReferences, type SoundSegmentation, withoutDangling } from './references';

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
