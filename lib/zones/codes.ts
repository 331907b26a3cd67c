import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with zones, endpoints, flows, links and their addresses. */
export const zoneCodes: CodeCatalogue = {
  ZON001: {
    title: 'Unknown site',
    explanation: 'A zone, external, link or backend names a site that the estate does not have.',
    fix: 'Name a site of the estate, or declare it under sites.',
  },
  ZON002: {
    title: 'Unknown source of a flow',
    explanation: 'allowFrom is keyed by the id of the zone or external that may connect, and there is none of that id.',
    fix: 'Name a zone or an external of the estate.',
  },
  ZON003: {
    title: 'Unknown endpoint in a flow',
    explanation: 'A flow names endpoints of the zone under which it stands, and the zone has none of that id.',
    fix: 'Name an endpoint of the zone, or leave endpoints out to allow all of them.',
  },
  ZON004: {
    title: 'Site at which the thing does not stand',
    explanation:
      'Values are given for a site at which the zone does not exist, or which the link does not join; they would have no effect.',
    fix: 'Remove the values, or add the site.',
  },
  ZON005: {
    title: 'One id for a zone and an external',
    explanation: 'A flow names its source by id alone, so an id must not mean both a zone and an external.',
    fix: 'Rename the external.',
  },
  ZON006: {
    title: 'Flow without effect',
    explanation: 'The source stands at none of the sites from which the flow allows connections, or the zone has no endpoint to reach.',
    fix: 'Widen the scope of the flow to the estate, add a site, or remove the flow.',
  },
  ZON007: {
    title: 'Site named twice',
    explanation: 'A list of sites names one site more than once.',
    fix: 'Name each site once.',
  },
  ZON008: {
    title: 'Attribute of the other kind of site',
    explanation: 'Cloud sites have blocks, subnets, gateways and ACM certificates; sites on-prem have load balancer and egress blocks.',
    fix: 'Remove the attribute, or write the one that this kind of site has.',
  },
  ZON010: {
    title: 'Slot taken',
    explanation: 'Two zones at one site have the same slot and would share their addresses.',
    fix: 'Give one of them the free slot that the message proposes.',
  },
  ZON011: {
    title: 'Slot out of range',
    explanation: 'The site does not hold that many blocks; in a VPC made by Diptych the last block holds the endpoint subnets.',
    fix: 'Choose a lower slot, a wider block for the site, or explicit addresses under at.',
  },
  ZON012: {
    title: 'Overlapping addresses',
    explanation: 'Two blocks that have to be told apart share addresses: routes, walls and logs could not say whose a packet is.',
    fix: 'Move one of them; the message proposes a free block where there is one.',
  },
  ZON013: {
    title: 'Block too small for its availability zones',
    explanation: 'Each availability zone takes a /24 of a zone: a /25 for the tier, a /26 for the balancer and a /26 to spare.',
    fix: 'Give the zone a wider block, or the site a shorter zonePrefix.',
  },
  ZON014: {
    title: 'Block outside the VPC',
    explanation: 'Subnets of a zone have to lie in the block of the VPC that is made for the site.',
    fix: 'Choose a block inside the block of the site.',
  },
  ZON015: {
    title: 'Existing VPC without subnets for a zone',
    explanation: 'In an existing VPC no subnet is made: every zone names the subnets of balancer and tier for every availability zone.',
    fix: 'Add the subnets under at/<site>/subnets.',
  },
  ZON016: {
    title: 'Unknown availability zone',
    explanation: 'Subnets are given for an availability zone that the site does not declare.',
    fix: 'Name one of the availability zones of the site, or declare it there.',
  },
  ZON017: {
    title: 'Site without room for a zone',
    explanation: "The site's block is not wider than the share of one zone.",
    fix: 'Declare a wider block, or a longer prefix for the share of a zone.',
  },
  ZON020: {
    title: 'Port used twice',
    explanation: 'The endpoints of a zone share one address at each site, so each needs a port of its own.',
    fix: 'Give one of the endpoints another port.',
  },
  ZON021: {
    title: 'Reserved port',
    explanation: 'Every tier answers health checks and serves its metrics on ports of its own; no endpoint can have them.',
    fix: 'Choose another port.',
  },
  ZON022: {
    title: 'Server name of another zone',
    explanation: 'A name leads clients to one address; two zones have two.',
    fix: 'Give each zone server names of its own.',
  },
  ZON023: {
    title: 'Server name listed twice',
    explanation: 'An endpoint lists one name more than once.',
    fix: 'List each name once.',
  },
  ZON024: {
    title: 'Managed listener without a certificate',
    explanation: "Where a balancer's own listener ends TLS, it serves an ACM certificate of its own account and region.",
    fix: 'Add the ARN of the certificate for the site, or take managed away.',
  },
  ZON025: {
    title: 'Managed listener with client authentication',
    explanation: "A balancer's own listener does not verify client certificates as the tier does: clients would be served without one.",
    fix: 'Take managed away, so that the tier ends TLS, or require no client certificate.',
  },
  ZON026: {
    title: 'Managed listener with servers by name',
    explanation: 'A network load balancer forwards to addresses; it resolves no names.',
    fix: 'Write the IPv4 addresses of the servers.',
  },
  ZON027: {
    title: 'Two certificates of one key type',
    explanation: 'A client is served the certificate of the key type that it can verify; of two of one type the second is never served.',
    fix: 'Keep one key algorithm of each type: ECDSA, RSA, ML-DSA.',
  },
  ZON028: {
    title: 'Certificate of another account or region',
    explanation: "A balancer's own listener serves certificates of its own account and region only: CloudFormation would fail halfway.",
    fix: 'Issue or import the certificate in the account and region of the site, and name that one.',
  },
  ZON029: {
    title: 'Managed listener that cuts sessions',
    explanation:
      "A balancer's own TLS listener closes sessions after 350 seconds without traffic, whatever is declared, and a FIX session stays silent for longer than that outside trading hours.",
    fix: 'Take managed away, so that the tier ends TLS, or leave out idleTimeoutSeconds.',
  },
  ZON030: {
    title: 'Backend without servers at a site',
    explanation: 'An endpoint is served at every site of its zone, so its backend needs servers at each of them.',
    fix: 'Add servers for the site.',
  },
  ZON031: {
    title: 'Servers by name without their pods',
    explanation: "A network policy allows pods by label, not by the name of a Service: without labels the tier's connections are dropped.",
    fix: 'Add podLabels of the pods behind the name.',
  },
  ZON032: {
    title: 'Servers in the cluster without their pods',
    explanation: 'Addresses of pods and Services are not stable peers of a network policy: it allows pods by label.',
    fix: 'Add podLabels of the pods behind the address.',
  },
  ZON033: {
    title: 'No name to verify the backend by',
    explanation: 'The certificate of a server is verified by a name, and the first server name of the endpoint is a wildcard.',
    fix: 'Write backend.serverName.',
  },
  ZON034: {
    title: 'Backend in another zone',
    explanation: 'A connection into another zone is a flow, which has to be declared there; a backend cannot go around it.',
    fix: 'Name servers of the zone itself, or make the service an endpoint of the other zone and allow a flow to it.',
  },
  ZON035: {
    title: 'Backend without a route',
    explanation: 'The server lies neither in the VPC nor in a block that a link or an external announces to the site.',
    fix: 'Name a server inside the VPC, or add its block to the prefixes of a link.',
  },
  ZON036: {
    title: 'Backend in the namespace of others',
    explanation:
      "A zone's backend stands in the namespace of the zone, where its policies let the tier through: a Service of another namespace could never be reached.",
    fix: "Name a Service in the zone's namespace, or make the service an endpoint of its own zone and allow a flow to it.",
  },
  ZON037: {
    title: 'Port of pods without pods',
    explanation: 'The port on which pods listen behind their Service matters to policies that allow pods by label, and none are named.',
    fix: 'Add podLabels of the pods, or remove podPort.',
  },
  ZON040: {
    title: 'Flow between sites without a link',
    explanation: 'Nothing connects sites by itself: a flow of scope estate needs a link between every two sites that it crosses.',
    fix: 'Declare the link, or narrow the scope of the flow to the site.',
  },
  ZON041: {
    title: 'Flow from a zone without egress addresses',
    explanation:
      'Pods leave their cluster with addresses of nodes; only an egress block of its own tells the other site which zone connects.',
    fix: 'Declare egressCidr at the site, or for the zone under at.',
  },
  ZON042: {
    title: 'Link that does not announce the addresses of a flow',
    explanation: 'Without the prefix the other site has no route to the addresses, so the flow could never be used.',
    fix: 'Add the block that the message names to the prefixes of the link.',
  },
  ZON043: {
    title: 'Link without its gateway',
    explanation: 'Routes of a VPC point at a gateway, which each kind of link names in its own attribute.',
    fix: 'Add the id of the gateway for the site.',
  },
  ZON044: {
    title: 'Link of a kind that does not fit its sites',
    explanation:
      'A private line joins two sites on-prem; a virtual private gateway or Direct Connect joins one in the cloud and one on-prem; a transit gateway needs one in the cloud at least.',
    fix: 'Choose the kind that fits.',
  },
  ZON045: {
    title: 'External without a way to a cloud site',
    explanation: 'Externals arrive at a VPC through the transit gateway of the site; there is no route to the internet.',
    fix: 'Declare transitGateway at the site, or leave the site out of the sites of the external.',
  },
  ZON046: {
    title: 'Second link between two sites',
    explanation: 'A route has one target: two links between the same sites would announce the same prefixes.',
    fix: 'Keep one link; redundancy is a property of the gateway behind it.',
  },
  ZON047: {
    title: 'Link without the prefixes of a site',
    explanation: 'Each of the two sites of a link announces the blocks that the other may reach.',
    fix: 'Add the prefixes of the site.',
  },
  ZON050: {
    title: 'Zone named like a namespace of the platform',
    explanation: "A zone's namespace has the zone's id: it would be the platform's own, and take its policies and quotas.",
    fix: 'Give the zone another id.',
  },
};
