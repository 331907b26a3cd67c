import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { LinkPlan } from '../plan-schema';

/** A planned site, as far as its transit gateways are concerned. Sites on-prem have none. */
interface AttachedSite {
  readonly id: string;
  readonly transitGateway?: string;
}

/** A transit gateway of a site, and the attribute that names it. */
interface NamedGateway {
  readonly path: string;
  readonly gateway: string;
}

/** Transit gateways that the VPC of a site is attached to, that of the site before those of its links. */
function transitGateways(site: AttachedSite, links: readonly LinkPlan[]): NamedGateway[] {
  const own = site.transitGateway === undefined ? [] : [{ path: `sites/${site.id}/transitGateway`, gateway: site.transitGateway }];
  const ofLinks = links.flatMap(({ id, transitGateway }) => {
    const gateway = transitGateway[site.id];
    return gateway === undefined ? [] : [{ path: `links/${id}/transitGateway/${site.id}`, gateway }];
  });
  return [...own, ...ofLinks];
}

/** Warns of sites whose VPC is attached to several transit gateways, which is more often a typing error than meant. */
export function differingGateways(sites: readonly AttachedSite[], links: readonly LinkPlan[]): Problem[] {
  return sites.flatMap((site) => {
    const [first, ...others] = transitGateways(site, links);
    return others
      .filter(({ gateway }) => gateway !== first?.gateway)
      .map(({ path, gateway }) =>
        zoneProblem('ZON061', path, {
          wrong: `the VPC of site ${site.id} is attached to this transit gateway besides ${first?.gateway}`,
          rule: 'a site with two transit gateways must be meant to have two attachments',
          got: gateway,
          ...(first && { conflictsWith: first.path }),
          fix: `Write ${first?.gateway} if one of the two is a typing error.`,
        }),
      );
  });
}
