import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { Segmentation } from '../segmentation';
import type { LinkSpec } from '../spec';

/** Checks that the kind of every link fits its sites, and that it has the gateways that routes need. */

type Kind = LinkSpec['kind'];

const cloudSitesOf: Readonly<Record<Kind, { readonly least: number; readonly most: number }>> = {
  'transit-gateway': { least: 1, most: 2 },
  'virtual-private-gateway': { least: 1, most: 1 },
  'direct-connect': { least: 1, most: 1 },
  private: { least: 0, most: 0 },
};

function countOfSites(count: number): string {
  return count === 0 ? 'no cloud site' : `${count} cloud site${count === 1 ? '' : 's'}`;
}

function fittingKind(path: string, { kind }: LinkSpec, cloudSites: number): Problem[] {
  const { least, most } = cloudSitesOf[kind];
  if (least <= cloudSites && cloudSites <= most) return [];
  const wanted = least === most ? countOfSites(most) : `${least} or ${countOfSites(most)}`;
  return [
    zoneProblem('ZON044', `${path}/kind`, {
      wrong: `the link joins ${countOfSites(cloudSites)}`,
      rule: `a link of this kind must join ${wanted}`,
      got: kind,
      fix: cloudSites === 0 ? 'Write kind: private.' : 'Write kind: transit-gateway.',
    }),
  ];
}

/** The missing gateway attribute of a link for a VPC that Diptych creates, with an example value; undefined if none is missing. */
function missingGateway(link: LinkSpec, siteId: string): { attribute: string; example: string } | undefined {
  const transit = link.transitGateway?.[siteId];
  const virtualPrivate = link.virtualPrivateGateway?.[siteId];
  switch (link.kind) {
    case 'transit-gateway':
      return transit ? undefined : { attribute: 'transitGateway', example: 'tgw-...' };
    case 'virtual-private-gateway':
      return virtualPrivate ? undefined : { attribute: 'virtualPrivateGateway', example: 'vgw-...' };
    case 'direct-connect':
      return transit || virtualPrivate ? undefined : { attribute: 'virtualPrivateGateway', example: 'vgw-...' };
    case 'private':
      return undefined;
  }
}

function withoutGateway(path: string, attribute: string, text: string): Problem {
  return zoneProblem('ZON043', `${path}/${attribute}`, {
    wrong: 'the link has no gateway for its routes',
    rule: `a link of this kind must have ${attribute}`,
    fix: `Write ${attribute}: ${text}.`,
  });
}

function gateways(path: string, link: LinkSpec, estate: Segmentation): Problem[] {
  const missing = link.between.flatMap((siteId) => {
    const site = estate.sites[siteId];
    // Diptych does not manage the routes of an existing VPC.
    const found = site?.kind === 'cloud' && !site.vpc ? missingGateway(link, siteId) : undefined;
    return found ? [withoutGateway(path, found.attribute, `{ ${siteId}: ${found.example} }`)] : [];
  });
  return link.kind === 'direct-connect' && !link.directConnectGateway
    ? [...missing, withoutGateway(path, 'directConnectGateway', 'the id of the Direct Connect gateway')]
    : missing;
}

function gatewaysOnPrem(path: string, link: LinkSpec, estate: Segmentation): Problem[] {
  return (['transitGateway', 'virtualPrivateGateway'] as const).flatMap((attribute) =>
    link.between
      .filter((siteId) => link[attribute]?.[siteId] !== undefined && estate.sites[siteId]?.kind === 'on-prem')
      .map((siteId) =>
        zoneProblem('ZON008', `${path}/${attribute}/${siteId}`, {
          wrong: `site ${siteId} is on-prem`,
          rule: `${attribute} must be set for cloud sites only`,
          got: link[attribute]?.[siteId],
          fix: 'Remove the gateway.',
        }),
      ),
  );
}

function prefixesOfBoth(path: string, { between, prefixes }: LinkSpec): Problem[] {
  // A key for another site is a typing error that is reported by itself, so a missing key is not reported as well.
  if (Object.keys(prefixes).some((key) => !between.includes(key))) return [];
  return between
    .filter((siteId) => prefixes[siteId] === undefined)
    .map((siteId) =>
      zoneProblem('ZON047', `${path}/prefixes`, {
        wrong: `site ${siteId} announces no blocks over the link`,
        rule: 'both sites of a link must announce the blocks that the other site may reach',
        fix: `Write ${siteId}: [BLOCK].`,
      }),
    );
}

function secondLinks(links: readonly [string, LinkSpec][]): Problem[] {
  const owners = new Map<string, string>();
  return links.flatMap(([id, { between }]) => {
    const pair = [...between].sort().join(' ');
    const owner = owners.get(pair);
    owners.set(pair, owner ?? id);
    if (owner === undefined) return [];
    return [
      zoneProblem('ZON046', `links/${id}/between`, {
        wrong: `link ${owner} already joins these sites`,
        rule: 'two sites must not have more than one link',
        got: between,
        conflictsWith: `links/${owner}/between`,
        fix: `Remove this link or link ${owner}.`,
      }),
    ];
  });
}

/** Problems of links. */
export function checkLinks(estate: Segmentation): Problem[] {
  const links = sortedEntries(estate.links);
  return [
    ...secondLinks(Object.entries(estate.links)),
    ...links.flatMap(([id, link]) => {
      const path = `links/${id}`;
      const cloudSites = link.between.filter((siteId) => estate.sites[siteId]?.kind === 'cloud').length;
      const unfit = fittingKind(path, link, cloudSites);
      return [
        ...unfit,
        ...(unfit.length > 0 ? [] : gateways(path, link, estate)),
        ...gatewaysOnPrem(path, link, estate),
        ...prefixesOfBoth(path, link),
      ];
    }),
  ];
}
