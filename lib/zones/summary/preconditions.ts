import { stackName } from '../../artifacts/stack-kinds';
import { bucketOf } from '../classification';
import type { LinkPlan } from '../plan-schema';
import type { PlannedCloudSite, PlannedSite } from '../walls/planned-site';
import { clusterNetworkPreconditions } from './cluster-network';
import { existingNamespacePreconditions } from './existing-namespaces';

function existingVpc({ vpc, zones }: PlannedCloudSite): string[] {
  if (!vpc) return [];
  return [
    `Group ${vpc.endpointSecurityGroup} of VPC ${vpc.id} lets the group of the platform in on 443.`,
    `VPC ${vpc.id} has routes to every block that links and externals announce, and none to the internet.`,
    ...zones.map(({ id, addresses }) => `The subnets named for zone ${id} lie in ${addresses.cidr}.`),
  ];
}

/** Flows and backends assume that a zone's own workloads are in its block and carry its group. */
function workloads({ id: site, vpc, zones }: PlannedCloudSite): string[] {
  return zones.map(({ id, slot, addresses }) => {
    const subnets = vpc
      ? 'there'
      : `in subnets of the firm's own there, with the route table exported as ${stackName(site, 'network')}:route-table,`;
    return `Workloads of zone ${id} stand in ${addresses.cidr}, ${subnets} and carry the group exported as ${stackName(site, `zones-${bucketOf(slot)}`)}:${id}:workload-group.`;
  });
}

/** Routes of the transit gateways of links. Gateways of two regions reach each other only if they are peered. */
function peeredGateways(site: PlannedCloudSite, links: readonly LinkPlan[]): string[] {
  return links.flatMap(({ id, sites, transitGateway, prefixes }) => {
    const other = sites.find((end) => end !== site.id);
    const [own, remote] = [transitGateway[site.id], other === undefined ? undefined : transitGateway[other]];
    if (own === undefined || other === undefined) return [];
    const routes = `has routes to ${(prefixes[other] ?? []).join(', ')}`;
    if (remote === undefined || remote === own) return [`Transit gateway ${own} of link ${id} ${routes}, the blocks of site ${other}.`];
    return [`Transit gateway ${own} of link ${id} is peered with ${remote} of site ${other} and ${routes}.`];
  });
}

/** What must be true of the network of a site before it is deployed. */
export function networkPreconditions(site: PlannedSite, links: readonly LinkPlan[]): string[] {
  if (site.kind === 'cloud') {
    const own = links.filter(({ sites }) => sites.includes(site.id));
    return [...existingVpc(site), ...peeredGateways(site, own), ...workloads(site)];
  }
  const network = clusterNetworkPreconditions(site);
  if (site.namespaces === 'create' || site.zones.length === 0) return network;
  return [...network, `Namespaces ${site.zones.map(({ id }) => id).join(', ')} exist.`, ...existingNamespacePreconditions(site)];
}
