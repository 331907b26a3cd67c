import { z } from 'zod';
import { metricsPort } from '../core/ports';
import { cidr, id, podLabels, port } from '../core/schema';

/** Platform flows of a site, and the flows that a site has unless its description removes them. */

const portAndProtocol = z.strictObject({ port, protocol: z.enum(['TCP', 'UDP']).default('TCP') });

export const platformFlowSpec = z
  .strictObject({
    direction: z
      .enum(['egress', 'ingress'])
      .describe('Direction as seen from the tier: `egress` for connections that it opens, `ingress` for connections that it accepts.'),
    pods: z
      .enum(['tier', 'all'])
      .default('tier')
      .describe('Pods of a zone that the flow applies to: only those of the tier, or those of workloads as well.'),
    ports: z.array(portAndProtocol).min(1).describe('Destination ports.'),
    namespace: id.optional().describe('On-prem: namespace of the peer.'),
    podLabels: podLabels
      .optional()
      .describe('On-prem: labels of the pods of the peer in the namespace. Default: all pods of the namespace.'),
    cidrs: z.array(cidr).min(1).optional().describe('CIDR blocks of the peer, if the peer is not a namespace.'),
  })
  .meta({
    id: 'PlatformFlow',
    description:
      'A flow between every tier of an on-prem site and a service of the platform, such as DNS, metrics, logs, NTP or certificate issuers.',
  });

export const cloudPlatformFlowSpec = z
  .strictObject({
    direction: z
      .enum(['egress', 'ingress'])
      .describe('Direction as seen from the tier: `egress` for connections that it opens, `ingress` for connections that it accepts.'),
    ports: z.array(portAndProtocol).min(1).describe('Destination ports.'),
    service: z
      .enum(['interface-endpoints', 's3'])
      .optional()
      .describe('AWS service that is the peer: the interface endpoints of the VPC, or S3 through its gateway endpoint.'),
    cidrs: z.array(cidr).min(1).optional().describe('CIDR blocks of the peer, if the peer is not an AWS service.'),
  })
  .meta({
    id: 'CloudPlatformFlow',
    description:
      'A flow between every tier of a cloud site and a service of the platform. DNS and NTP need no flow: instances use link-local addresses of the VPC, which security groups and network ACLs do not filter.',
  });

export type CloudPlatformFlowSpec = z.output<typeof cloudPlatformFlowSpec>;
export type PlatformFlowSpec = z.output<typeof platformFlowSpec>;

/** Flows that every on-prem site has by default: name resolution for all pods, and collection of the tiers' metrics. */
export const onPremDefaultFlows = {
  dns: {
    direction: 'egress',
    pods: 'all',
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
    namespace: 'kube-system',
    podLabels: { 'k8s-app': 'kube-dns' },
  },
  metrics: { direction: 'ingress', pods: 'tier', ports: [{ port: metricsPort, protocol: 'TCP' }], namespace: 'monitoring' },
} satisfies Readonly<Record<string, PlatformFlowSpec>>;

/** Flows that every cloud site has by default: what the boot script of an instance connects to. */
export const cloudDefaultFlows = {
  endpoints: { direction: 'egress', ports: [{ port: 443, protocol: 'TCP' }], service: 'interface-endpoints' },
  s3: { direction: 'egress', ports: [{ port: 443, protocol: 'TCP' }], service: 's3' },
} satisfies Readonly<Record<string, CloudPlatformFlowSpec>>;

/** Adds the default flows that a description neither declares nor removes with null. */
function withDefaults<Flow>(
  written: Readonly<Record<string, Flow | null>>,
  defaults: Readonly<Record<string, Flow>>,
): Record<string, Flow> {
  const flows = Object.entries({ ...defaults, ...written });
  return Object.fromEntries(flows.filter((entry): entry is [string, Flow] => entry[1] !== null));
}

const describeFlows = (defaults: object): string =>
  `Flows between tiers and services of the platform, keyed by id. They are added to the default flows ${Object.keys(defaults).join(' and ')}; a flow with the id of a default replaces it, and null removes it.`;

export const onPremPlatformFlows = z
  .record(id, platformFlowSpec.nullable())
  .default(onPremDefaultFlows)
  .describe(describeFlows(onPremDefaultFlows))
  .transform((written) => withDefaults<PlatformFlowSpec>(written, onPremDefaultFlows));

export const cloudPlatformFlows = z
  .record(id, cloudPlatformFlowSpec.nullable())
  .default(cloudDefaultFlows)
  .describe(describeFlows(cloudDefaultFlows))
  .transform((written) => withDefaults<CloudPlatformFlowSpec>(written, cloudDefaultFlows));
