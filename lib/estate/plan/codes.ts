import type { CodeCatalogue } from '../../core/problem';
import { loadingCodes, shapeCodes } from '../codes';
import { domains } from '../domains';

/** What can be wrong with sites and what they name, beyond their shape. */
export const siteCodes: CodeCatalogue = {
  EST101: {
    title: 'Unknown profile',
    explanation: "A zone names a TLS profile that is neither one of Diptych's own nor one of the estate's.",
    fix: 'Name one of them, or declare the profile under profiles.',
  },
  EST102: {
    title: "Profile named like one of Diptych's own",
    explanation: 'Zones name their profile by name alone, so a name must not mean two profiles.',
    fix: 'Rename the profile.',
  },
  EST103: {
    title: 'Platform flow without one peer',
    explanation:
      'A platform flow has exactly one peer: on-prem a namespace or blocks of addresses, in the cloud a service of AWS or blocks. Nothing connects to tiers from a service of AWS.',
    fix: 'Keep one of the two; add blocks to an ingress flow in the cloud.',
  },
  EST104: {
    title: 'HAProxy version out of range',
    explanation:
      'The configuration is tried on HAProxy 3.0: older branches lack directives of it, such as the key exchange group in the event log, and no later major version is known yet.',
    fix: 'Declare the version of an image with HAProxy 3.0 or later 3.x.',
  },
  EST105: {
    title: 'Platform flow to a port on which no tier listens',
    explanation: 'Tiers accept connections of the platform on the ports of health checks and metrics only.',
    fix: 'Write port 8404 for health checks or 8405 for metrics; for anything else declare an endpoint.',
  },
  EST106: {
    title: 'Metrics without the exporter',
    explanation: 'A platform flow lets metrics be fetched, but the declared build of HAProxy has no Prometheus exporter.',
    fix: 'Add prometheus-exporter to the features of the build, or remove the flow.',
  },
  EST107: {
    title: 'Availability zones that do not fit the region',
    explanation: 'Availability zones are named once each and belong to the region of the site.',
    fix: 'Name availability zones of the region, each once.',
  },
  EST108: {
    title: 'Failure domain named twice',
    explanation: 'What fails together counts once: a name given twice would promise an instance more than there is.',
    fix: 'Name each failure domain once.',
  },
  EST109: {
    title: 'Image repository elsewhere',
    explanation: 'An isolated VPC reaches the registry of its own account and region only.',
    fix: 'Copy the image into a repository of the account and region of the site, and name that.',
  },
  EST110: {
    title: 'One cluster for two sites',
    explanation:
      'Two sites on-prem name the same cluster; their namespaces would be the same, and no failure of one would spare the other.',
    fix: 'Give each site its own cluster.',
  },
  EST111: {
    title: "Mandatory tag that is Diptych's own",
    explanation:
      'Every resource carries the tags Name, diptych:site, diptych:zone and diptych:role, by which it is known to belong where it does; a mandatory tag of the same key would be lost.',
    fix: 'Give the tag another key.',
  },
};

/** Quotas that an estate exceeds. */
export const quotaCodes: CodeCatalogue = {
  QUO001: {
    title: 'Entries of a network ACL',
    explanation: 'An ACL has 20 entries each way, of which the default deny is one; AWS raises it to 40 at most.',
    fix: 'Ask for the quota that the message names and declare it, or join blocks of externals, links or S3.',
  },
  QUO002: {
    title: 'Network ACLs of a VPC',
    explanation: 'A site has one network ACL for each trust level and eight slots.',
    fix: 'Ask for the quota that the message names and declare it, or give zones of one level neighbouring slots.',
  },
  QUO003: {
    title: 'Rules of a security group',
    explanation: 'A group has so many rules each way; each source, port and block takes one.',
    fix: 'Ask for the quota that the message names and declare it, or join blocks and endpoints.',
  },
  QUO004: {
    title: 'Security groups of an interface',
    explanation: 'Every instance of a tier carries the group of its zone and the group of the platform.',
    fix: 'Declare the quota that the account has.',
  },
  QUO005: {
    title: 'Security groups of a region',
    explanation: 'Each zone has three groups at a cloud site, and the site two more.',
    fix: 'Ask for the quota that the message names and declare it.',
  },
  QUO006: {
    title: 'Subnets of a VPC',
    explanation: 'Each zone has two subnets in every availability zone, and the site one more.',
    fix: 'Ask for the quota that the message names and declare it, or divide the zones between sites.',
  },
  QUO007: {
    title: 'Network load balancers of a region',
    explanation: 'Each zone with endpoints has one network load balancer at a cloud site.',
    fix: 'Ask for the quota that the message names and declare it.',
  },
  QUO008: {
    title: 'Listeners of a load balancer',
    explanation: 'Each endpoint of a zone is a listener of its load balancer.',
    fix: 'Ask for the quota that the message names and declare it, or divide the endpoints between zones.',
  },
  QUO009: {
    title: 'Certificates of a load balancer',
    explanation: 'Each managed endpoint of a zone serves a certificate from its load balancer.',
    fix: 'Ask for the quota that the message names and declare it, or let the tier end TLS.',
  },
  QUO010: {
    title: 'Targets of a load balancer',
    explanation: 'Each endpoint counts every instance of the tier as a target of the load balancer.',
    fix: 'Ask for the quota that the message names and declare it, or divide the endpoints between zones.',
  },
  QUO011: {
    title: 'Routes of a route table',
    explanation: "A VPC's route table has a route for each block that links and externals announce, and one for S3.",
    fix: 'Ask for the quota that the message names and declare it, or join blocks.',
  },
  QUO012: {
    title: 'Resources of a stack',
    explanation:
      'CloudFormation takes 500 resources a stack. The zones of eight slots share stacks: one for subnets, network ACLs and groups, one for the rules of the groups, one for the tiers.',
    fix: 'Join blocks of addresses and endpoints, or spread the zones over more slots.',
  },
  QUO013: {
    title: 'Quota beyond what AWS grants',
    explanation:
      'AWS grants at most 40 entries of a network ACL, and at most 1,000 as the product of rules a group and groups an interface.',
    fix: 'Declare the quotas that the account really has.',
  },
  QUO014: {
    title: 'Size of a VPC',
    explanation: 'AWS makes VPCs from /16 to /28.',
    fix: 'Declare a block of length /16 or longer.',
  },
};

/** Every code that a description can raise. */
export const descriptionCodes: CodeCatalogue = Object.assign(
  { ...loadingCodes, ...shapeCodes, ...siteCodes, ...quotaCodes },
  ...domains.map(({ codes }) => codes),
);
