import { AddressIndex } from '../../core/address-index';
import { contains } from '../../core/addresses';
import { byCodeUnit } from '../../core/order';
import type { TrustLevel } from '../classification';
import { bucketOf } from '../classification';
import type { CloudZonePlan, ExternalPlan, InboundFlowPlan, LinkPlan } from '../plan-schema';
import { announcedTo, type CloudSegments, foreignServers, hasTier } from './cloud-segments';
import { type NetworkAclEntry, RuleSet } from './rule-set';

/** The coarse second wall: one network ACL for the zones of one trust level in one bucket, by address and without regard to single ports. */

export interface NetworkAclPlan {
  readonly bucket: number;
  readonly trustLevel: TrustLevel;
  /** Ids of the zones whose subnets stand behind it. */
  readonly zones: readonly string[];
  /** Sorted by rule number. */
  readonly ingress: readonly NetworkAclEntry[];
  readonly egress: readonly NetworkAclEntry[];
}

/** Everything outside a zone that its ACL may have to name. */
interface Surroundings {
  readonly site: CloudSegments;
  readonly links: readonly LinkPlan[];
  readonly zonesById: ReadonlyMap<string, CloudZonePlan>;
  readonly blocks: AddressIndex<string>;
}

/** Declared blocks in which a backend outside its zone may stand: an entry for the block is one, and a server that moves inside it changes none. */
function declaredBlocks(site: CloudSegments, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): AddressIndex<string> {
  const announced = links.filter(({ sites }) => sites.includes(site.id)).flatMap((link) => announcedTo(site.id, link));
  const blocks = [...site.zones.map(({ addresses }) => addresses.cidr), ...announced, ...externals.flatMap(({ cidrs }) => cidrs)];
  return new AddressIndex(blocks.map((cidr) => [cidr, cidr]));
}

/** The blocks that a link announces to the site and that hold one of the given ones. */
function announcedBlocks({ site, links }: Surroundings, linkId: string | undefined, cidrs: readonly string[]): string[] {
  const link = links.find(({ id }) => id === linkId);
  return (link ? announcedTo(site.id, link) : []).filter((block) => cidrs.some((cidr) => contains(block, cidr)));
}

function blocksOf(surroundings: Surroundings, flow: InboundFlowPlan): readonly string[] {
  if (flow.location === 'external') return flow.cidrs;
  if (flow.location === 'linked-site') return announcedBlocks(surroundings, flow.link, flow.cidrs);
  const zone = surroundings.zonesById.get(flow.source);
  return zone ? [zone.addresses.cidr] : [];
}

/** Only what comes in: a zone's own connections to others leave from subnets of its workloads, which do not stand behind this wall. */
function addFlows(rules: RuleSet, zone: CloudZonePlan, surroundings: Surroundings): void {
  for (const flow of zone.inbound) {
    for (const cidr of blocksOf(surroundings, flow)) rules.accepts(cidr);
  }
}

function addPlatform(rules: RuleSet, { site }: Surroundings): void {
  for (const { direction, ports, service, cidrs } of site.platformFlows) {
    const endpoints = site.vpc ? [site.cidr] : site.endpointSubnets.map(({ cidr }) => cidr);
    const blocks = service === 's3' ? site.s3.cidrs : service === 'interface-endpoints' ? endpoints : (cidrs ?? []);
    for (const cidr of blocks) {
      for (const { port, protocol } of ports) {
        if (direction === 'egress') rules.opens(cidr, protocol, port);
        else rules.accepts(cidr, protocol, port);
      }
    }
  }
}

function rulesOf(zones: readonly CloudZonePlan[], surroundings: Surroundings): RuleSet {
  const rules = new RuleSet(new Map(surroundings.site.zones.map(({ slot, addresses }) => [addresses.cidr, slot])));
  for (const zone of zones) {
    rules.accepts(zone.addresses.cidr);
    rules.opens(zone.addresses.cidr);
    addFlows(rules, zone, surroundings);
    for (const endpoint of zone.endpoints) {
      for (const server of foreignServers(zone, endpoint)) rules.opens(surroundings.blocks.containing(server) ?? server);
    }
  }
  if (zones.some(hasTier)) addPlatform(rules, surroundings);
  return rules;
}

/** The network ACLs of a cloud site, sorted by bucket and trust level. */
export function networkAcls(site: CloudSegments, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): NetworkAclPlan[] {
  const zonesById = new Map(site.zones.map((zone) => [zone.id, zone]));
  const surroundings = { site, links, zonesById, blocks: declaredBlocks(site, links, externals) };
  const members = new Map<string, CloudZonePlan[]>();
  for (const zone of site.zones) {
    const key = `${bucketOf(zone.slot)}/${zone.trustLevel}`;
    members.set(key, [...(members.get(key) ?? []), zone]);
  }
  return [...members.values()]
    .map((zones) => {
      const { slot, trustLevel } = zones[0] as CloudZonePlan;
      const { ingress, egress } = rulesOf(zones, surroundings).entries();
      return { bucket: bucketOf(slot), trustLevel, zones: zones.map(({ id }) => id), ingress, egress };
    })
    .sort((one, other) => one.bucket - other.bucket || byCodeUnit(one.trustLevel, other.trustLevel));
}
