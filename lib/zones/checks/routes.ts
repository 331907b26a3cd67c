import { covers, overlaps } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { type AddressAllocation, sourceCidrs } from '../addresses/allocation';
import { zoneProblem } from '../codes';
import type { CloudNetwork, Segmentation } from '../segmentation';
import { type Peer, peerName } from './peers';

/** Checks that connections with a peer have a route, and replies have one back. */

/** Destination blocks of the routes of a VPC that Diptych creates. */
function routedBlocks(estate: Segmentation, siteId: string, site: CloudNetwork): string[] {
  const links = Object.values(estate.links).filter(({ between }) => between.includes(siteId));
  const externals = Object.values(estate.externals).filter(({ sites }) => sites === undefined || sites.includes(siteId));
  return [
    site.cidr,
    ...links.flatMap(({ between, prefixes }) => between.filter((other) => other !== siteId).flatMap((other) => prefixes[other] ?? [])),
    ...(site.transitGateway ? externals.flatMap(({ cidrs }) => cidrs) : []),
  ];
}

function unrouted(peer: Peer, blocks: readonly string[]): Problem[] {
  if (covers(blocks, peer.cidr)) return [];
  const [noun, verb] = peer.kind === 'server' ? ['a server', 'Name a server in'] : ['the peer of a platform flow', 'Write a block in'];
  return [
    zoneProblem('ZON035', peer.path, {
      wrong: `the VPC of site ${peer.siteId} has no route to ${peerName(peer)}`,
      rule: `${noun} must be in the VPC or in blocks that a link or an external announces`,
      got: peer.written,
      fix: `${verb} ${blocks[0]}, or add its block to the prefixes of a link.`,
    }),
  ];
}

/** Blocks of the site's end of connections with a peer, to which the other end needs a route. */
function ownBlocks(estate: Segmentation, allocation: AddressAllocation, { siteId, zoneId, direction }: Peer): string[] {
  const site = estate.sites[siteId];
  if (site?.kind === 'on-prem' && direction === 'ingress') return [site.podCidr];
  const zones = [...(allocation.get(siteId) ?? [])].filter(([id]) =>
    zoneId === undefined ? Object.keys(estate.zones[id]?.endpoints ?? {}).length > 0 : id === zoneId,
  );
  return zones.flatMap(([, addresses]) => {
    const cidrs = sourceCidrs(addresses);
    // Without an egress block, pods leave the cluster with the addresses of nodes.
    return cidrs.length === 0 && site?.kind === 'on-prem' ? [site.nodeCidr] : cidrs;
  });
}

/** A peer behind a link that does not announce the site's end of the connection. */
function noWayBack(estate: Segmentation, allocation: AddressAllocation, peer: Peer): Problem[] {
  return sortedEntries(estate.links).flatMap(([id, { between, prefixes }]) => {
    const other = between.find((end) => end !== peer.siteId);
    const announced = prefixes[peer.siteId];
    if (!between.includes(peer.siteId) || other === undefined || announced === undefined) return [];
    if (!(prefixes[other] ?? []).some((prefix) => overlaps(prefix, peer.cidr))) return [];
    const missing = [...new Set(ownBlocks(estate, allocation, peer))].filter((cidr) => !covers(announced, cidr));
    if (missing.length === 0) return [];
    return [
      zoneProblem('ZON042', `links/${id}/prefixes/${peer.siteId}`, {
        wrong: `site ${peer.siteId} does not announce ${missing.join(', ')}, so there is no route back from ${peer.written} of ${peer.path}`,
        rule: 'a link must announce the addresses of its connections',
        got: announced,
        fix: `Add ${missing.join(', ')}, or a block that contains ${missing.length === 1 ? 'it' : 'them'}.`,
      }),
    ];
  });
}

/** Returns the check of the routes to a peer and back. */
export function routeCheck(estate: Segmentation, allocation: AddressAllocation): (peer: Peer) => Problem[] {
  const routed = new Map(
    // Diptych does not manage the routes of an existing VPC.
    Object.entries(estate.sites).flatMap(([id, site]) =>
      site.kind === 'cloud' && !site.vpc ? [[id, routedBlocks(estate, id, site)]] : [],
    ),
  );
  return (peer) => {
    const blocks = routed.get(peer.siteId);
    const own = allocation.get(peer.siteId)?.get(peer.zoneId ?? '');
    // A zone's block outside the VPC is reported by itself.
    const forward = blocks ? unrouted(peer, own?.kind === 'cloud' ? [...blocks, own.cidr] : blocks) : [];
    return forward.length > 0 ? forward : noWayBack(estate, allocation, peer);
  };
}
