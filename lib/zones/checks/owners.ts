import { AddressIndex } from '../../core/address-index';
import { addressRange, blockAround, contains, overlaps, prefixLength } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import type { AddressAllocation, ZoneAddresses } from '../addresses/allocation';
import { endpointSubnets } from '../addresses/subnetting';
import { zoneProblem } from '../codes';
import { clusterBlocks, type DeclaredSite, linkBetween, type Segmentation } from '../segmentation';
import { type Peer, peerName } from './peers';

/** Checks whose addresses a peer has: those of another zone, of our own resources or of AWS are refused. */

/** A block that belongs to a zone, to resources that Diptych creates, or to AWS. */
interface Claim {
  readonly cidr: string;
  /** What the block is, as a phrase. */
  readonly what: string;
  readonly zone?: string;
}

/** Claims that do not overlap each other. */
type Layer = AddressIndex<Claim>;

const layer = (claims: readonly Claim[]): Layer => new AddressIndex(claims.map((claim) => [claim.cidr, claim]));

/** Blocks of the endpoints and workloads of a zone. Connections from outside to these blocks must be declared as flows. */
function zoneClaims(zone: string, addresses: ZoneAddresses, where: string): Claim[] {
  if (addresses.kind === 'cloud') return [{ cidr: addresses.cidr, what: `zone ${zone}${where}`, zone }];
  const { loadBalancerCidr, egressCidr } = addresses;
  return [
    { cidr: loadBalancerCidr, what: `zone ${zone}${where}`, zone },
    ...(egressCidr ? [{ cidr: egressCidr, what: `zone ${zone}${where}, as its egress block`, zone }] : []),
  ];
}

/** Blocks of the resources that Diptych creates for a zone. */
function resourceClaims(zone: string, addresses: ZoneAddresses): Claim[] {
  if (addresses.kind === 'on-prem') {
    const { loadBalancerCidr, egressCidr } = addresses;
    return [
      { cidr: loadBalancerCidr, what: `the load balancer block of zone ${zone}` },
      ...(egressCidr ? [{ cidr: egressCidr, what: `the egress block of zone ${zone}` }] : []),
    ];
  }
  return addresses.subnets.flatMap(({ availabilityZone, balancer, tier }) => [
    ...(balancer.cidr ? [{ cidr: balancer.cidr, what: `the load balancer subnet of zone ${zone} in ${availabilityZone}` }] : []),
    ...(tier.cidr ? [{ cidr: tier.cidr, what: `the tier subnet of zone ${zone} in ${availabilityZone}` }] : []),
  ]);
}

function siteClaims(site: DeclaredSite): Claim[] {
  if (site.kind === 'cloud') {
    return [
      ...endpointSubnets(site).map(({ cidr, availabilityZone }) => ({ cidr, what: `the endpoint subnet in ${availabilityZone}` })),
      ...site.s3.cidrs.map((cidr) => ({ cidr, what: 'the addresses of S3' })),
    ];
  }
  return [
    { cidr: site.loadBalancerCidr, what: 'the load balancer block of the site' },
    ...(site.egressCidr ? [{ cidr: site.egressCidr, what: 'the egress block of the site' }] : []),
  ];
}

/** Claims that matter to the peers of one site. */
interface Claims {
  readonly zones: Layer;
  readonly resources: Layer;
  readonly site: Layer;
  /** Zones of linked sites. Two sites without a link may use the same addresses. */
  readonly linkedZones: Layer;
}

function claimsAt(estate: Segmentation, allocation: AddressAllocation, siteId: string, site: DeclaredSite): Claims {
  const own = [...(allocation.get(siteId) ?? [])];
  const linked = [...allocation].filter(([other]) => other !== siteId && linkBetween(estate.links, siteId, other) !== undefined);
  return {
    zones: layer(own.flatMap(([zone, addresses]) => zoneClaims(zone, addresses, ''))),
    resources: layer(own.flatMap(([zone, addresses]) => resourceClaims(zone, addresses))),
    site: layer(siteClaims(site)),
    linkedZones: layer(
      linked.flatMap(([other, zones]) => [...zones].flatMap(([zone, addresses]) => zoneClaims(zone, addresses, ` at site ${other}`))),
    ),
  };
}

function ofZone(peer: Peer, { cidr, what, zone }: Claim): Problem {
  const place = peer.kind === 'server' ? `Name a server of zone ${peer.zoneId}` : `Write a block outside ${cidr}`;
  const flow =
    peer.zoneId === undefined || peer.zoneId === zone
      ? 'make the service an endpoint'
      : `allow zone ${peer.zoneId} under zones/${zone}/allowFrom`;
  return zoneProblem('ZON034', peer.path, {
    wrong: `${peerName(peer)} is in ${what}`,
    rule: 'a connection to another zone must be declared as a flow',
    got: peer.written,
    fix: `${place}, or ${flow}.`,
  });
}

function assigned(peer: Peer, wrong: string, fix: string): Problem {
  const rule = `${peer.kind === 'server' ? 'a server' : 'the peer of a platform flow'} must not be at an address that Diptych or AWS assigns`;
  return zoneProblem('ZON038', peer.path, { wrong, rule, got: peer.written, fix });
}

/** Smallest subnet of EC2, as a prefix length. */
const smallestSubnet = 28;

/** The largest block around an address of the VPC without subnets of ours, which contains every subnet that can have the address. */
function freeBlock(peer: Peer, vpc: string, taken: readonly Layer[]): string {
  let free = blockAround(peer.written, smallestSubnet);
  for (let length = smallestSubnet - 1; length >= prefixLength(vpc); length--) {
    const wider = blockAround(peer.written, length);
    if (taken.some((claims) => claims.overlapping(wider))) break;
    free = wider;
  }
  return free;
}

/** A server at an address that EC2 reserves in every subnet that can contain it. */
function reserved(peer: Peer, vpc: string, { resources, site }: Claims): Problem[] {
  if (peer.kind !== 'server' || !contains(vpc, peer.cidr)) return [];
  const free = freeBlock(peer, vpc, [resources, site]);
  const [{ first, last }, address] = [addressRange(free), addressRange(peer.cidr).first];
  if (address - first >= 4 && address !== last) return [];
  const wrong = `EC2 reserves this address in every subnet of ${free}`;
  return [assigned(peer, wrong, `Write an address of ${free} other than the first four and the last.`)];
}

function inCluster(peer: Peer, site: DeclaredSite): Problem[] {
  if (peer.kind === 'server' || site.kind === 'cloud') return [];
  const attribute = clusterBlocks.find((name) => overlaps(site[name], peer.cidr));
  if (!attribute) return [];
  return [
    zoneProblem('ZON032', peer.path, {
      wrong: `the block overlaps ${attribute}, and a NetworkPolicy cannot select pods by address`,
      rule: 'a platform flow with pods of the cluster must have a namespace as its peer',
      got: peer.written,
      fix: 'Write namespace and podLabels instead of cidrs.',
    }),
  ];
}

function ownerProblems(peer: Peer, site: DeclaredSite, claims: Claims, own: ZoneAddresses | undefined): Problem[] {
  const inOwn = own?.kind === 'cloud' && contains(own.cidr, peer.cidr);
  const zone = inOwn ? undefined : claims.zones.overlapping(peer.cidr);
  if (zone && zone.zone !== peer.zoneId) return [ofZone(peer, zone)];
  const ours = claims.resources.overlapping(peer.cidr) ?? claims.site.overlapping(peer.cidr);
  if (ours) return [assigned(peer, `${peerName(peer)} is in ${ours.cidr}, ${ours.what}`, `Write an address outside ${ours.cidr}.`)];
  const remote = inOwn ? undefined : claims.linkedZones.overlapping(peer.cidr);
  if (remote) return [ofZone(peer, remote)];
  return site.kind === 'cloud' ? reserved(peer, site.cidr, claims) : inCluster(peer, site);
}

/** Returns the check of whose addresses a peer has. */
export function ownerCheck(estate: Segmentation, allocation: AddressAllocation): (peer: Peer) => Problem[] {
  const bySite = new Map(sortedEntries(estate.sites).map(([id, site]) => [id, { site, claims: claimsAt(estate, allocation, id, site) }]));
  return (peer) => {
    const at = bySite.get(peer.siteId);
    const own = allocation.get(peer.siteId)?.get(peer.zoneId ?? '');
    return at ? ownerProblems(peer, at.site, at.claims, own) : [];
  };
}
