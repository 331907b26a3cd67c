import { type CodeCatalogue, problemOf } from '../core/problem';

/** Codes of problems with zones, endpoints, flows, links and their addresses. */
export const zoneCodes = {
  ZON001: {
    title: 'Unknown site',
    explanation: 'A zone, external, link or backend refers to a site that the estate does not declare.',
    fix: 'Write the id of a declared site, or declare the site under sites.',
  },
  ZON002: {
    title: 'Unknown source of a flow',
    explanation: 'Each key of allowFrom must be the id of a zone or an external, and the estate declares neither with this id.',
    fix: 'Write the id of a zone or an external of the estate.',
  },
  ZON003: {
    title: 'Unknown endpoint in a flow',
    explanation: 'A flow lists endpoints of the zone that it belongs to, and the zone has no endpoint with this id.',
    fix: 'Write the id of an endpoint of the zone, or omit endpoints to allow all of them.',
  },
  ZON004: {
    title: 'Values for an unrelated site',
    explanation: 'Values are given for a site that the zone or link does not include. They would have no effect.',
    fix: 'Remove the values, or add the site to the zone or link.',
  },
  ZON005: {
    title: 'Same id for a zone and an external',
    explanation: 'A flow refers to its source by id alone, so a zone and an external cannot share an id.',
    fix: 'Rename the external.',
  },
  ZON006: {
    title: 'Flow without effect',
    explanation: 'The source of the flow is not at any site from which the flow allows connections, or the zone has no endpoint.',
    fix: 'Set the scope of the flow to estate, add a site, or remove the flow.',
  },
  ZON007: {
    title: 'Repeated site',
    explanation: 'A list of sites contains the same site more than once.',
    fix: 'List each site once.',
  },
  ZON008: {
    title: 'Attribute of another kind of site',
    explanation: 'Cloud sites have blocks, subnets, gateways and ACM certificates. On-prem sites have load balancer and egress blocks.',
    fix: 'Remove the attribute, or use the attribute for this kind of site.',
  },
  ZON010: {
    title: 'Slot already in use',
    explanation: 'Two zones at one site have the same slot, so they would have the same addresses.',
    fix: 'Give one of them the free slot that the message proposes.',
  },
  ZON011: {
    title: 'Slot out of range',
    explanation:
      'The block of the site does not contain a block for this slot. In a VPC that Diptych creates, the last block is reserved for the endpoint subnets.',
    fix: 'Choose a lower slot, a larger block for the site, or explicit addresses under at.',
  },
  ZON012: {
    title: 'Overlapping addresses',
    explanation: 'Two blocks that can reach each other overlap, so routes, filter rules and logs cannot tell their addresses apart.',
    fix: 'Move one of the blocks. The message proposes a free block if there is one.',
  },
  ZON013: {
    title: 'Block too small for its availability zones',
    explanation:
      "A zone's block provides a /24 per availability zone: a /25 for the tier, a /26 for the load balancer and a spare /26. The letter of an availability zone determines its /24, so that declaring another one moves no subnets: a block for eu-west-1c has room for a, b and c.",
    fix: 'Give the zone a larger block, or the site a shorter zonePrefix.',
  },
  ZON014: {
    title: 'Block outside the VPC',
    explanation: "A zone's subnets are created in the VPC of the site, so its block must be part of the VPC's block.",
    fix: 'Choose a block inside the block of the site.',
  },
  ZON015: {
    title: 'Existing VPC without subnets for a zone',
    explanation:
      'Diptych creates no subnets in an existing VPC. Every zone refers to existing subnets for its load balancer and tier in each availability zone.',
    fix: 'Add the subnets under at/<site>/subnets.',
  },
  ZON016: {
    title: 'Unknown availability zone',
    explanation: 'Subnets are given for an availability zone that the site does not declare.',
    fix: 'Use an availability zone of the site, or declare it there.',
  },
  ZON017: {
    title: 'Site without room for a zone',
    explanation: 'The block of the site is too small to contain the block of a zone.',
    fix: 'Declare a larger block for the site, or a longer prefix for the blocks of zones.',
  },
  ZON020: {
    title: 'Port used twice',
    explanation: 'All endpoints of a zone share one address at each site, so each endpoint needs a different port.',
    fix: 'Give one of the endpoints another port.',
  },
  ZON021: {
    title: 'Reserved port',
    explanation: 'Every termination tier uses reserved ports for health checks and metrics.',
    fix: 'Choose another port.',
  },
  ZON022: {
    title: 'Server name of another zone',
    explanation: 'A server name resolves to the address of one zone, so two zones cannot serve the same name.',
    fix: 'Use a different server name in each zone.',
  },
  ZON023: {
    title: 'Repeated server name',
    explanation: 'An endpoint lists the same server name more than once.',
    fix: 'List each name once.',
  },
  ZON024: {
    title: 'Managed listener without a certificate',
    explanation: 'A managed listener is a TLS listener of the network load balancer and needs an ACM certificate at every cloud site.',
    fix: 'Add the ARN of the certificate for the site, or remove managed.',
  },
  ZON025: {
    title: 'Managed listener with client authentication',
    explanation: 'A TLS listener of a network load balancer does not verify client certificates, so it would accept clients without one.',
    fix: 'Remove managed, so that the tier terminates TLS, or do not require client certificates.',
  },
  ZON026: {
    title: 'Managed listener with DNS names as servers',
    explanation: 'A network load balancer forwards connections to IP addresses and does not resolve DNS names.',
    fix: 'Write the IPv4 addresses of the servers.',
  },
  ZON027: {
    title: 'Two certificates of one key type',
    explanation: 'A server selects a certificate by key type, so a second certificate of the same key type is never used.',
    fix: 'Keep one key algorithm of each type: ECDSA, RSA, ML-DSA.',
  },
  ZON028: {
    title: 'Certificate of another account or region',
    explanation:
      'A TLS listener of a network load balancer accepts certificates of its own account and region only. The deployment would fail.',
    fix: 'Issue or import the certificate in the account and region of the site, and write its ARN.',
  },
  ZON029: {
    title: 'Managed listener with an unsupported idle timeout',
    explanation:
      'A TLS listener of a network load balancer closes sessions after 350 seconds without traffic, and the timeout cannot be changed. FIX sessions are idle for longer outside trading hours.',
    fix: 'Remove managed, so that the tier terminates TLS, or omit idleTimeoutSeconds.',
  },
  ZON030: {
    title: 'Backend without servers at a site',
    explanation: 'An endpoint is served at every site of its zone, so its backend needs servers at each of them.',
    fix: 'Add servers for the site.',
  },
  ZON031: {
    title: 'Backend with DNS names and without pod labels',
    explanation: 'A NetworkPolicy selects pods by label, not by DNS name. Without labels it blocks the connections of the tier.',
    fix: 'Add podLabels with the labels of the pods behind the name.',
  },
  ZON032: {
    title: 'Address inside the cluster without pod labels',
    explanation:
      'Addresses of pods and Services change, so a NetworkPolicy selects pods by label. This applies to backend servers and to platform flows.',
    fix: 'Add podLabels with the labels of the pods behind the address. A platform flow also needs their namespace.',
  },
  ZON033: {
    title: 'Wildcard name for a backend',
    explanation:
      "The tier verifies the certificates of the servers against one host name. The default is the endpoint's first server name, which is a wildcard here.",
    fix: 'Write backend.serverName.',
  },
  ZON034: {
    title: 'Peer in a zone',
    explanation:
      'A connection to another zone, at the same or a linked site, must be declared as a flow in that zone. Backend servers and platform flows cannot bypass this rule.',
    fix: 'Use servers of the zone itself, or make the service an endpoint of the other zone and allow a flow to it.',
  },
  ZON035: {
    title: 'Peer without a route',
    explanation:
      'The backend server or the peer of the platform flow is neither in the VPC nor in blocks that a link or an external announces to the site.',
    fix: 'Use an address in the VPC, or add its block to the prefixes of a link.',
  },
  ZON036: {
    title: 'Backend in another namespace',
    explanation:
      "A backend must be in the namespace of its zone, because the zone's NetworkPolicies block connections to other namespaces.",
    fix: "Use a Service in the zone's namespace, or make the service an endpoint of its own zone and allow a flow to it.",
  },
  ZON037: {
    title: 'Pod port without pod labels',
    explanation: 'podPort is the port in NetworkPolicy rules that select pods by podLabels. Without podLabels it has no effect.',
    fix: 'Add podLabels, or remove podPort.',
  },
  ZON038: {
    title: 'Address that Diptych or AWS assigns',
    explanation:
      'Backend servers and platform flows cannot use the addresses of our own load balancers, tiers, interface endpoints and egress gateways, those of S3, or those that EC2 reserves: the first four addresses of each subnet and the last.',
    fix: 'Write the address of the machine that provides the service.',
  },
  ZON039: {
    title: 'Special-purpose address',
    explanation: 'Loopback, link-local, multicast and reserved addresses are not those of machines of a network.',
    fix: 'Write the addresses of the machines.',
  },
  ZON040: {
    title: 'Flow between sites without a link',
    explanation:
      'Sites are not connected unless a link joins them. A flow with scope estate needs a link between every two sites that it crosses. Two links do not make a way through the site in the middle: gateways and routes exist for the two sites of a link only, and filter rules identify the source by its addresses there.',
    fix: 'Declare the link, list the linked sites under sites of the flow, or change its scope to site.',
  },
  ZON041: {
    title: 'Flow from a zone without egress addresses',
    explanation:
      'Pods leave their cluster with the addresses of nodes. The other site can identify the source zone only if the zone has an egress block.',
    fix: 'Declare egressCidr at the site, or for the zone under at.',
  },
  ZON042: {
    title: 'Link that does not announce the addresses of a connection',
    explanation:
      'A site has routes only to the prefixes that a link announces. Connections of flows, to backend servers and of platform flows need a route to the peer and a route for the replies.',
    fix: 'Add the block in the message to the prefixes of the link.',
  },
  ZON043: {
    title: 'Link without its gateway',
    explanation: 'Routes of a VPC have a gateway as their target. Each kind of link has an attribute for the id of its gateway.',
    fix: 'Add the id of the gateway for the site.',
  },
  ZON044: {
    title: 'Kind of link that does not fit its sites',
    explanation:
      'A private line joins two on-prem sites. A virtual private gateway or Direct Connect joins a cloud site and an on-prem site. A transit gateway needs at least one cloud site.',
    fix: 'Choose a kind that fits the sites.',
  },
  ZON045: {
    title: 'External without a route to a cloud site',
    explanation: 'Traffic of externals reaches a VPC through the transit gateway of the site. A VPC has no route to the internet.',
    fix: 'Declare transitGateway at the site, or remove the site from the sites of the external.',
  },
  ZON046: {
    title: 'Second link between two sites',
    explanation: 'A route has one target, and two links between the same sites would announce the same prefixes.',
    fix: 'Keep one link. Redundancy is a property of its gateway.',
  },
  ZON047: {
    title: 'Link without the prefixes of a site',
    explanation: 'Each site of a link announces the blocks that the other site may reach.',
    fix: 'Add the prefixes of the site.',
  },
  ZON048: {
    title: 'DNS name of a server outside the cluster',
    explanation: 'A NetworkPolicy allows connections to pods by label and to other machines by address. It cannot allow a DNS name.',
    fix: 'Write the IPv4 address of the server, or the DNS name of a Service of the cluster.',
  },
  ZON049: {
    title: 'Pod labels without pods',
    explanation:
      'podLabels open the NetworkPolicies of a zone for backend pods. At sites where all servers are machines outside the cluster, there are no such pods.',
    fix: 'Remove podLabels, or name a Service of the cluster as a server.',
  },
  ZON050: {
    title: 'Zone with the name of a platform namespace',
    explanation: "The namespace of a zone has the zone's id. Here it would be a namespace of the platform, with its policies and quotas.",
    fix: 'Give the zone another id.',
  },
  ZON060: {
    severity: 'warning',
    title: 'Endpoint without clients',
    explanation:
      'No flow allows a client to reach the endpoint at the site. Its load balancer and its instances are paid for, and every connection is denied.',
    fix: 'Allow a zone or an external in allowFrom, or remove the endpoint.',
  },
  ZON061: {
    severity: 'warning',
    title: 'Site with two transit gateways',
    explanation:
      'A site and its links name different transit gateways, so the VPC is attached to each of them. One wrong character in an id has the same effect.',
    fix: 'Write the same id, unless two attachments are meant.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of this catalogue. */
export const zoneProblem = problemOf(zoneCodes);
