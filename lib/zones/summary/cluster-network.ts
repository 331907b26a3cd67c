import { compareCidrs, isAddress, linkLocalCidr, overlaps } from '../../core/addresses';
import type { PlannedOnPremSite } from '../walls/planned-site';

/** Settings of the network of a cluster that its policies depend on and that no emitted object can set or check. */

const dnsPort = 53;

/** A policy by pod labels does not select a name server that has the address of a node, such as that of NodeLocal DNSCache. */
function nameServers({ platformFlows }: PlannedOnPremSite): string[] {
  const flows = platformFlows.filter(({ direction, ports }) => direction === 'egress' && ports.some(({ port }) => port === dnsPort));
  const pods = flows.find(({ namespace }) => namespace !== undefined);
  if (!pods || flows.some(({ cidrs = [] }) => cidrs.some((cidr) => overlaps(cidr, linkLocalCidr)))) return [];
  return [
    `Pods send DNS queries to pods of namespace ${pods.namespace}, which platform flow ${pods.id} allows: \`cat /etc/resolv.conf\` in a pod shows the address of a Service. With NodeLocal DNSCache it may show 169.254.20.10 instead, and every query is denied without a platform flow for all pods to that address on UDP and TCP ${dnsPort}.`,
  ];
}

/** Blocks in the NetworkPolicies of a site. */
function policyBlocks({ zones, platformFlows }: PlannedOnPremSite): string[] {
  const servers = zones.flatMap(({ endpoints }) => endpoints.flatMap(({ backend }) => backend.servers.map(({ address }) => address)));
  return [
    ...zones.flatMap(({ inbound, outbound }) => [...inbound, ...outbound].flatMap(({ cidrs }) => cidrs)),
    ...servers.filter(isAddress).map((address) => `${address}/32`),
    ...platformFlows.flatMap(({ cidrs = [] }) => cidrs),
  ];
}

/** Cilium does not compare the addresses of nodes with blocks unless it is told to. */
function nodeAddresses(site: PlannedOnPremSite): string[] {
  const blocks = policyBlocks(site).filter((block) => overlaps(block, site.nodeCidr) || overlaps(block, linkLocalCidr));
  if (blocks.length === 0) return [];
  const named = [...new Set(blocks)].sort(compareCidrs).join(', ');
  return [
    `The network plugin applies rules for address blocks to addresses of nodes, such as ${named}: Cilium does so only with policy-cidr-match-mode set to nodes, which \`kubectl --namespace kube-system get configmap cilium-config --output yaml\` shows.`,
  ];
}

/** Preconditions of the network of a cluster; none without zones. */
export function clusterNetworkPreconditions(site: PlannedOnPremSite): string[] {
  return site.zones.length === 0 ? [] : [...nameServers(site), ...nodeAddresses(site)];
}
