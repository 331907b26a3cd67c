import { stackName } from '../../artifacts/stack-kinds';
import { bucketOf } from '../../zones/classification';
import type { ExternalPlan, LinkPlan } from '../../zones/plan-schema';
import { announcedTo } from '../../zones/walls/cloud-segments';
import type { GroupRule } from '../../zones/walls/group-rules';
import type { NetworkAclPlan } from '../../zones/walls/network-acl';
import type { CloudSitePlan } from '../plan-schema';

/** How many resources each stack of a cloud site holds, counted from the models that are emitted. */

const groupsPerZone = 3;

/** Key of the logs and group of the platform. */
const networkAnyway = 2;

/** In a VPC made here: the VPC, its route table, the group of its endpoints, and its flow log with log group and role. */
const networkOfOwnVpc = 6;

/** Interface endpoints, and the gateway endpoint of S3. */
const vpcEndpoints = 13;

/** A subnet and its association with the route table. */
const perSubnet = 2;

/** A listener and its target group. */
const perEndpoint = 2;

/** Fleet, launch template, log group, role and instance profile. */
const perTier = 5;

type Counts = Map<string, number>;

function add(counts: Counts, stack: string, count: number): void {
  if (count > 0) counts.set(stack, (counts.get(stack) ?? 0) + count);
}

/** Blocks behind gateways, the gateways in front of them, and Direct Connect's associations with these. */
function attachments(site: CloudSitePlan, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): number {
  const here = links.filter(({ sites }) => sites.includes(site.id));
  const arriving = site.transitGateway ? externals.filter(({ sites }) => sites.includes(site.id)).flatMap(({ cidrs }) => cidrs) : [];
  const gatewayOf = (link: LinkPlan) => link.transitGateway[site.id] ?? link.virtualPrivateGateway[site.id];
  const gateways = new Set([...here.flatMap((link) => gatewayOf(link) ?? []), ...(arriving.length > 0 ? [site.transitGateway] : [])]);
  const blocks = new Set([...arriving, ...here.flatMap((link) => announcedTo(site.id, link))]);
  return blocks.size + gateways.size + here.filter(({ directConnectGateway }) => directConnectGateway !== undefined).length;
}

function network(site: CloudSitePlan, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): number {
  if (site.vpc) return networkAnyway;
  return networkAnyway + networkOfOwnVpc + vpcEndpoints + perSubnet * site.endpointSubnets.length + attachments(site, links, externals);
}

/** The walls of a site, as they are emitted. */
export interface Walls {
  readonly acls: readonly NetworkAclPlan[];
  readonly rules: readonly GroupRule[];
}

/** Resources of every stack of a site, by the stack's name. */
export function stackResources(
  site: CloudSitePlan,
  links: readonly LinkPlan[],
  externals: readonly ExternalPlan[],
  { acls, rules }: Walls,
): ReadonlyMap<string, number> {
  const counts: Counts = new Map();
  const zones = new Map(site.zones.map((zone) => [zone.id, zone]));
  const networkStack = stackName(site.id, 'network');
  const stackOf = (part: 'zones' | 'flows' | 'tiers', zone: string) =>
    stackName(site.id, `${part}-${bucketOf(zones.get(zone)?.slot ?? 0)}`);
  const subnetsOf = (zone: string) => 2 * (zones.get(zone)?.addresses.subnets.length ?? 0);
  add(counts, networkStack, network(site, links, externals));
  for (const { id, endpoints } of site.zones) {
    add(counts, stackOf('zones', id), groupsPerZone + (site.vpc ? 0 : perSubnet * subnetsOf(id)));
    if (endpoints.length > 0) add(counts, stackOf('tiers', id), 1 + perEndpoint * endpoints.length);
  }
  for (const { bucket, zones: behind, ingress, egress } of acls) {
    const associations = behind.reduce((sum, zone) => sum + subnetsOf(zone), 0);
    add(counts, stackName(site.id, `zones-${bucket}`), 1 + ingress.length + egress.length + associations);
  }
  for (const { owner } of rules) add(counts, owner.kind === 'zone' ? stackOf('flows', owner.zone) : networkStack, 1);
  for (const { zone, acceleration } of site.tiers) add(counts, stackOf('tiers', zone), perTier + (acceleration === 'hardware' ? 1 : 0));
  return counts;
}
