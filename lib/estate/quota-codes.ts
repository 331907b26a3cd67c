import { type CodeCatalogue, problemOf } from '../core/problem';

const request = 'Request a quota increase from AWS and write the new value under quotas of the site';

/** Codes of AWS quotas that an estate exceeds. */
export const quotaCodes = {
  QUO001: {
    title: 'Too many rules in a network ACL',
    explanation:
      'By default a network ACL has at most 20 rules for each direction, including the default deny. AWS raises the quota to at most 40.',
    fix: `${request}, or join CIDR blocks of externals, links or S3.`,
  },
  QUO002: {
    title: 'Too many network ACLs in a VPC',
    explanation: 'A site has a network ACL for each combination of a trust level and a group of eight slots.',
    fix: `${request}, or give zones of one trust level slots in the same group of eight.`,
  },
  QUO003: {
    title: 'Too many rules in a security group',
    explanation: 'The quota counts each direction separately. Each combination of source, port and CIDR block is one rule.',
    fix: `${request}, or join CIDR blocks and endpoints.`,
  },
  QUO004: {
    title: 'Too many security groups on a network interface',
    explanation: 'Each instance of a tier has the security groups of its zone and of the platform.',
    fix: 'Write the quota of the account under quotas of the site.',
  },
  QUO005: {
    title: 'Too many security groups in a region',
    explanation: 'Each zone has three security groups at a cloud site, and each site has two more.',
    fix: `${request}.`,
  },
  QUO006: {
    title: 'Too many subnets in a VPC',
    explanation: 'Each zone has two subnets in each availability zone, and the site has one more in each.',
    fix: `${request}, or move zones to another site.`,
  },
  QUO007: {
    title: 'Too many network load balancers in a region',
    explanation: 'Each zone with endpoints has a network load balancer at each cloud site.',
    fix: `${request}.`,
  },
  QUO008: {
    title: 'Too many listeners on a load balancer',
    explanation: "Each endpoint is a listener of its zone's load balancer.",
    fix: `${request}, or move endpoints to another zone.`,
  },
  QUO009: {
    title: 'Too many certificates on a load balancer',
    explanation: "Each managed endpoint has a certificate on its zone's load balancer.",
    fix: `${request}, or remove managed from endpoints, so that the tier terminates TLS.`,
  },
  QUO010: {
    title: 'Too many targets of a load balancer',
    explanation: 'Each instance of a tier is a target of the load balancer once for each endpoint.',
    fix: `${request}, or move endpoints to another zone.`,
  },
  QUO011: {
    title: 'Too many routes in a route table',
    explanation: 'The route table of a VPC has a route for each CIDR block that links and externals announce, and one for S3.',
    fix: `${request}, or join CIDR blocks.`,
  },
  QUO012: {
    title: 'Too large a CloudFormation template',
    explanation:
      'A CloudFormation stack has at most 500 resources, and its template at most 1,000,000 bytes. The zones of eight slots share three stacks: one for subnets, network ACLs and security groups, one for the rules of security groups, and one for tiers.',
    fix: 'Join CIDR blocks and endpoints, or spread the zones over more slots.',
  },
  QUO013: {
    title: 'Quota above the maximum of AWS',
    explanation:
      'AWS raises the rules of a network ACL to at most 40. The product of rules per security group and security groups per network interface is at most 1,000.',
    fix: 'Write the quotas that the account has.',
  },
  QUO014: {
    title: 'VPC larger than AWS allows',
    explanation: 'The CIDR block of a VPC has a prefix length from 16 to 28.',
    fix: 'Declare a block with a prefix length of 16 or more.',
  },
} satisfies CodeCatalogue;

export type QuotaCode = keyof typeof quotaCodes;

/** Builds a problem with a code of {@link quotaCodes}. */
export const quotaProblem = problemOf(quotaCodes);
