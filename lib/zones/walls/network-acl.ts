import { AddressIndex } from '../../core/address-index';
import { contains } from '../../core/addresses';
import { byCodeUnit } from '../../core/order';
import { bucketOf } from '../classification';
import type { CloudZonePlan, ExternalPlan, InboundFlowPlan, LinkPlan, NetworkAclPlan } from '../plan-schema';
import { announcedTo, type CloudSegments, foreignServers, hasTier } from './cloud-segments';
import { RuleSet } from './rule-set';

/** Network ACLs of a cloud site: one per trust level and bucket. Entries for zones, links and externals cover all ports. */

/** Data outside a zone that its ACL entries depend on. */
interface AclContext {
  readonly site: CloudSegments;
  readonly links: readonly LinkPlan[];
  readonly zonesById: ReadonlyMap<string, CloudZonePlan>;
  readonly blocks: AddressIndex<string>;
}

/** Declared blocks that can contain backend servers outside their zone. ACL entries use the block, so that moving a server changes no entry. */
function declaredBlocks(site: CloudSegments, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): AddressIndex<string> {
  const announced = links.filter(({ sites }) => sites.includes(site.id)).flatMap((link) => announcedTo(site.id, link));
  const blocks = [...site.zones.map(({ addresses }) => addresses.cidr), ...announced, ...externals.flatMap(({ cidrs }) => cidrs)];
  return new AddressIndex(blocks.map((cidr) => [cidr, cidr]));
}

/** Blocks that a link announces to the site and that contain one of the given blocks. */
function announcedBlocks({ site, links }: AclContext, linkId: string | undefined, cidrs: readonly string[]): string[] {
  const link = links.find(({ id }) => id === linkId);
  return (link ? announcedTo(site.id, link) : []).filter((block) => cidrs.some((cidr) => contains(block, cidr)));
}

function blocksOf(context: AclContext, flow: InboundFlowPlan): readonly string[] {
  if (flow.location === 'external') return flow.cidrs;
  if (flow.location === 'linked-site') return announcedBlocks(context, flow.link, flow.cidrs);
  const zone = context.zonesById.get(flow.source);
  return zone ? [zone.addresses.cidr] : [];
}

/** Adds entries for inbound flows only. Outbound flows start in subnets of workloads, which are not associated with the ACL. */
function addFlows(rules: RuleSet, zone: CloudZonePlan, context: AclContext): void {
  for (const flow of zone.inbound) {
    for (const cidr of blocksOf(context, flow)) rules.accepts(cidr);
  }
}

function addPlatform(rules: RuleSet, { site }: AclContext): void {
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

function rulesOf(zones: readonly CloudZonePlan[], context: AclContext): RuleSet {
  const rules = new RuleSet(new Map(context.site.zones.map(({ slot, addresses }) => [addresses.cidr, slot])));
  for (const zone of zones) {
    rules.accepts(zone.addresses.cidr);
    rules.opens(zone.addresses.cidr);
    addFlows(rules, zone, context);
    for (const endpoint of zone.endpoints) {
      for (const server of foreignServers(zone, endpoint)) rules.opens(context.blocks.containing(server) ?? server);
    }
  }
  if (zones.some(hasTier)) addPlatform(rules, context);
  return rules;
}

/** The network ACLs of a cloud site, sorted by bucket and trust level. */
export function networkAcls(site: CloudSegments, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): NetworkAclPlan[] {
  const zonesById = new Map(site.zones.map((zone) => [zone.id, zone]));
  const context = { site, links, zonesById, blocks: declaredBlocks(site, links, externals) };
  const members = new Map<string, CloudZonePlan[]>();
  for (const zone of site.zones) {
    const key = `${bucketOf(zone.slot)}/${zone.trustLevel}`;
    members.set(key, [...(members.get(key) ?? []), zone]);
  }
  return [...members.values()]
    .map((zones) => {
      const { slot, trustLevel } = zones[0] as CloudZonePlan;
      const { ingress, egress } = rulesOf(zones, context).entries();
      return { bucket: bucketOf(slot), trustLevel, zones: zones.map(({ id }) => id), ingress, egress };
    })
    .sort((one, other) => one.bucket - other.bucket || byCodeUnit(one.trustLevel, other.trustLevel));
}
