import { groupRoles, subnetRoles } from '../../core/labels';
import { bucketOf } from '../classification';
import type { ExternalPlan, LinkPlan } from '../plan-schema';
import { announcedTo, interfaceServices } from '../walls/cloud-segments';
import { plannedRules, wallsOf } from '../walls/plan';
import type { PlannedCloudSite } from '../walls/planned-site';

/** CloudFormation resources that the network, zones and flows of a cloud site take; a test compares them with the templates. */

/** The key of the log groups, and the group of the platform. */
const inEveryNetwork = 2;

/** The VPC, its route table, the group of its endpoints, and its flow log with log group and role. */
const inOwnVpc = 6;

/** An interface endpoint for each service, and the gateway endpoint of S3. */
const vpcEndpoints = interfaceServices.length + 1;

/** A subnet and its association with the route table. */
const perSubnet = 2;

/** Routes to blocks behind gateways, the attachments of these gateways, and associations with Direct Connect gateways. */
function attachments(site: PlannedCloudSite, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): number {
  const here = links.filter(({ sites }) => sites.includes(site.id));
  const arriving = site.transitGateway ? externals.filter(({ sites }) => sites.includes(site.id)).flatMap(({ cidrs }) => cidrs) : [];
  const gatewayOf = (link: LinkPlan) => link.transitGateway[site.id] ?? link.virtualPrivateGateway[site.id];
  const gateways = new Set([...here.flatMap((link) => gatewayOf(link) ?? []), ...(arriving.length > 0 ? [site.transitGateway] : [])]);
  const blocks = new Set([...arriving, ...here.flatMap((link) => announcedTo(site.id, link))]);
  return blocks.size + gateways.size + here.filter(({ directConnectGateway }) => directConnectGateway !== undefined).length;
}

function network(site: PlannedCloudSite, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): number {
  if (site.vpc) return inEveryNetwork;
  return inEveryNetwork + inOwnVpc + vpcEndpoints + perSubnet * site.endpointSubnets.length + attachments(site, links, externals);
}

/** Numbers of resources by the part of the stack's name; a part may come several times. */
export function networkResources(
  site: PlannedCloudSite,
  links: readonly LinkPlan[],
  externals: readonly ExternalPlan[],
): [part: string, count: number][] {
  const walls = wallsOf(site);
  const zones = new Map(site.zones.map((zone) => [zone.id, zone]));
  const bucket = (zone: string) => bucketOf(zones.get(zone)?.slot ?? 0);
  const subnetsOf = (zone: string) => subnetRoles.length * (zones.get(zone)?.addresses.subnets.length ?? 0);
  return [
    ['network', network(site, links, externals)],
    ...site.zones.map(({ id }): [string, number] => [
      `zones-${bucket(id)}`,
      groupRoles.length + (site.vpc ? 0 : perSubnet * subnetsOf(id)),
    ]),
    ...walls.networkAcls.map(({ bucket: number, zones: behind, ingress, egress }): [string, number] => {
      const associations = behind.reduce((sum, zone) => sum + subnetsOf(zone), 0);
      return [`zones-${number}`, 1 + ingress.length + egress.length + associations];
    }),
    ...plannedRules(walls).map(({ owner }): [string, number] => [owner.kind === 'zone' ? `flows-${bucket(owner.zone)}` : 'network', 1]),
  ];
}
