import { section, table } from '../../core/markdown';
import type { ExternalPlan, LinkPlan } from '../plan-schema';

/** The section on the networks outside. */
export function externalsSection(externals: readonly ExternalPlan[]): string {
  const rows = externals.flatMap(({ id, cidrs, sites }) => cidrs.map((cidr) => [id, cidr, sites.join(', ')]));
  return section(2, 'Externals', table(['External', 'Block', 'Arrives at'], rows, 'None.'));
}

/** The section on the links between sites. */
export function linksSection(links: readonly LinkPlan[]): string {
  const rows = links.map(({ id, sites, kind, mtu, roundTripMilliseconds }) => [id, sites.join(' and '), kind, mtu, roundTripMilliseconds]);
  const gateways = links.flatMap(({ id, transitGateway, virtualPrivateGateway, directConnectGateway }) => [
    ...Object.entries(transitGateway).map(([site, gateway]) => [id, site, gateway]),
    ...Object.entries(virtualPrivateGateway).map(([site, gateway]) => [id, site, gateway]),
    ...(directConnectGateway === undefined ? [] : [[id, 'both', directConnectGateway]]),
  ]);
  const prefixes = links.flatMap(({ id, sites, prefixes: blocks }) =>
    sites.flatMap((site) => (blocks[site] ?? []).map((block) => [id, site, block])),
  );
  return section(
    2,
    'Links',
    table(['Link', 'Between', 'Kind', 'MTU (bytes)', 'Round trip (ms)'], rows, 'None: nothing crosses from site to site.'),
    ...(gateways.length > 0 ? [table(['Link', 'Site', 'Gateway'], gateways, '')] : []),
    ...(prefixes.length > 0 ? [table(['Link', 'Site', 'Announces'], prefixes, '')] : []),
  );
}
