import type { EstatePlan, SitePlan } from '../plan-schema';
import { cloudPreconditions } from './cloud-preconditions';
import { onPremPreconditions } from './on-prem-preconditions';

/** What has to be true before a site is deployed, and is not made by Diptych: one sentence each. */

/** What has to be true at a site before it is deployed. */
export function preconditions({ haproxy }: Pick<EstatePlan, 'haproxy'>, site: SitePlan): string[] {
  return site.kind === 'cloud' ? cloudPreconditions(site, haproxy.imageDigest) : onPremPreconditions(site, haproxy.imageDigest);
}
