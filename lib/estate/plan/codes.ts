import { type CodeCatalogue, problemOf } from '../../core/problem';
import { loadingCodes, shapeCodes } from '../codes';
import { domains } from '../domains';
import { quotaCodes } from '../quota-codes';

/** Codes of problems with sites, profiles and the HAProxy version, beyond the shape of their attributes. */
export const siteCodes = {
  EST101: {
    title: 'Unknown profile',
    explanation: 'The TLS profile of a zone must be one of the presets of Diptych or a profile of the estate.',
    fix: 'Write the name of an existing profile, or declare the profile under profiles.',
  },
  EST102: {
    title: 'Profile with the name of a preset',
    explanation: 'Zones refer to profiles and presets by name, so a profile of the estate cannot have the name of a preset.',
    fix: 'Rename the profile.',
  },
  EST103: {
    title: 'Platform flow without exactly one peer',
    explanation:
      'The peer of a platform flow is one of these: a namespace or CIDR blocks on-prem, an AWS service or CIDR blocks in the cloud. AWS services do not open connections to tiers, so they cannot be the peer of an ingress flow. podLabels need a namespace.',
    fix: 'Keep one peer, and use CIDR blocks for ingress flows in the cloud.',
  },
  EST104: {
    title: 'Unsupported version of HAProxy',
    explanation:
      'The generated configuration uses directives that HAProxy has since version 3.0. It has not been tested with version 4.0 or later.',
    fix: 'Use an image with HAProxy 3.0 or a later 3.x version, and declare its version.',
  },
  EST105: {
    title: 'Platform flow to a port that tiers do not serve',
    explanation: 'Tiers accept connections of the platform only on the ports for health checks and metrics.',
    fix: 'Use port 8404 for health checks or 8405 for metrics. For other traffic, declare an endpoint.',
  },
  EST106: {
    title: 'Metrics flow without a Prometheus exporter',
    explanation: 'A platform flow allows connections to the metrics port, but the declared build of HAProxy has no Prometheus exporter.',
    fix: 'Add prometheus-exporter to the features of the build, or remove the flow.',
  },
  EST107: {
    title: 'Repeated or foreign availability zone',
    explanation: 'The availability zones of a site must be in its region, and each must be listed once.',
    fix: 'List availability zones of the region, each once.',
  },
  EST108: {
    title: 'Repeated failure domain',
    explanation: 'The number of instances of a tier depends on the number of failure domains, so each must be listed once.',
    fix: 'List each failure domain once.',
  },
  EST109: {
    title: 'Image repository outside the account and region',
    explanation: 'The VPC of a site has no route to the internet. It reaches only the ECR registry of its own account and region.',
    fix: 'Copy the image to a repository in the account and region of the site, and write that repository.',
  },
  EST110: {
    title: 'Two sites in one cluster',
    explanation: 'Two on-prem sites refer to the same cluster. They would have the same namespaces and would fail together.',
    fix: 'Give each site a cluster of its own.',
  },
  EST111: {
    title: 'Reserved tag key',
    explanation:
      'Diptych sets the tags Name, diptych:site, diptych:zone and diptych:role on resources, and later finds resources by them. A mandatory tag with such a key would be overwritten.',
    fix: 'Give the tag another key.',
  },
  EST112: {
    title: 'No platform flow for a service that tiers contact',
    explanation:
      'All connections are denied unless a flow allows them. Instances in the cloud need S3 and the interface endpoints to start. On-prem, tiers need name resolution for servers with DNS names, and alerts of hardware tiers need metrics. Default flows allow this until a description removes or changes them.',
    fix: 'Restore the default flow, or declare a flow that allows the connections.',
  },
  EST113: {
    title: 'Platform flow that does not match its purpose',
    explanation:
      'The direction and the ports of a default flow follow from its purpose: dns allows UDP and TCP 53, because long answers arrive over TCP. The interface endpoints and S3 serve TCP 443. Further ports open walls that nothing uses.',
    fix: 'Write the direction and the ports of the default flow, and declare other traffic in a flow with another id.',
  },
  EST120: {
    severity: 'warning',
    title: 'Placeholder instead of a value',
    explanation: 'The value consists of zeros, as `diptych init` writes it. It stands for a value that only you know.',
    fix: 'Write the value of your own image, account or gateway.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of {@link siteCodes}. */
export const siteProblem = problemOf(siteCodes);

/** Every code that a description can raise. */
export const descriptionCodes: CodeCatalogue = Object.assign(
  { ...loadingCodes, ...shapeCodes, ...siteCodes, ...quotaCodes },
  ...domains.map(({ codes }) => codes),
);
