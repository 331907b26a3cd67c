import { z } from 'zod';
import { metricsPort } from '../core/ports';
import { availabilityZone, cidr, id, imageRepository, labelKey, labelValue, port, region, resourceId, sentence } from '../core/schema';
import { calibrationSpec } from '../tls/calibration';
import { haproxySpec } from '../tls/spec';
import { mapShape, type QuotaName, quotas } from './domains';

const portAndProtocol = z.strictObject({ port, protocol: z.enum(['TCP', 'UDP']).default('TCP') });

export const platformFlowSpec = z
  .strictObject({
    direction: z.enum(['egress', 'ingress']).describe('Whether tiers open these connections or accept them.'),
    pods: z
      .enum(['tier', 'all'])
      .default('tier')
      .describe("Which pods of a zone: those of its tier, or its workloads as well, which resolve the names of others' endpoints."),
    ports: z.array(portAndProtocol).min(1).describe('Destination ports.'),
    namespace: id.optional().describe('On-prem: namespace of the peer.'),
    podLabels: z.record(labelKey, labelValue).optional().describe('On-prem: labels of the peer in that namespace. Default: all its pods.'),
    cidrs: z.array(cidr).min(1).optional().describe('Addresses of the peer, where it is no namespace.'),
  })
  .meta({
    id: 'PlatformFlow',
    description: 'What the platform itself needs of every tier at a site: name resolution, metrics, logs, time, revocation lists, issuers.',
  });

export const cloudPlatformFlowSpec = z
  .strictObject({
    direction: z.enum(['egress', 'ingress']).describe('Whether tiers open these connections or accept them.'),
    ports: z.array(portAndProtocol).min(1).describe('Destination ports.'),
    service: z
      .enum(['interface-endpoints', 's3'])
      .optional()
      .describe("Peer: the VPC's interface endpoints, or S3 by its gateway endpoint and prefix list."),
    cidrs: z.array(cidr).min(1).optional().describe('Addresses of the peer, where it is no such service.'),
  })
  .meta({
    id: 'CloudPlatformFlow',
    description:
      "What the platform itself needs of every tier in the cloud. Name resolution and time come from the VPC's own link-local addresses, which no group or ACL filters.",
  });

const terraformBackend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local').describe('A file beside the stack; for examples only.') }),
  z.strictObject({
    kind: z.literal('kubernetes').describe("Secrets of the site's own cluster, locked by a Lease."),
    namespace: id.describe('Namespace of the Secrets.'),
  }),
  z.strictObject({
    kind: z.literal('s3').describe('A bucket, locked by a file in it.'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      message: 'a bucket name must be 3 to 63 lower-case letters, digits, dots or hyphens',
    }),
    region,
    kmsKeyId: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/, { message: 'a key must be the ARN of a KMS key' })
      .optional()
      .describe('ARN of the key that encrypts the state.'),
  }),
]);

export const onPremHardwareSpec = z
  .strictObject({
    generation: z
      .enum(['qat-gen2', 'qat-gen4'])
      .describe('Generation of Intel QuickAssist devices: decides the name of the device resource.'),
    nodesPerFailureDomain: z.int().min(1).describe('Nodes with devices in each failure domain.'),
    devicesPerNode: z.int().min(1).describe('Devices that a node offers.'),
    nodeLabel: labelKey
      .default('intel.feature.node.kubernetes.io/qat')
      .describe('Label, with value `true`, of the nodes that have devices.'),
  })
  .meta({ id: 'OnPremHardware', description: 'Acceleration hardware on offer in a cluster.' });

export const onPremSiteSpec = z
  .strictObject({
    kind: z.literal('on-prem').describe("A Kubernetes cluster of the firm's own."),
    context: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._@:/-]{0,127}$/, {
        message: 'a context must be 1 to 128 letters, digits and . _ @ : / - and start with a letter or digit',
      })
      .describe('Context of the kubeconfig file that names the cluster.'),
    clusterIdentity: labelValue.min(1).describe('Value of the label diptych/site on namespace kube-system: any other cluster is refused.'),
    podCidr: cidr.describe('Addresses of pods.'),
    nodeCidr: cidr.describe('Addresses of nodes.'),
    serviceCidr: cidr.describe('Addresses of Services.'),
    failureDomains: z
      .strictObject({
        label: labelKey.default('topology.kubernetes.io/zone').describe('Label of nodes that names their failure domain.'),
        names: z.array(labelValue.min(1)).min(2).describe('Its values.'),
      })
      .describe('What fails together: racks, rooms.'),
    loadBalancerCidr: cidr.describe('Addresses of load balancers, split among zones by slot.'),
    loadBalancerPrefix: z.int().min(8).max(32).default(28).describe("Length of a zone's share of the load balancers' addresses."),
    egressCidr: cidr
      .optional()
      .describe('Addresses with which zones leave the cluster, split by slot; needed by zones with flows to other sites.'),
    egressPrefix: z.int().min(8).max(32).default(28).describe("Length of a zone's share of the egress addresses."),
    hardware: onPremHardwareSpec.optional(),
    calibration: calibrationSpec.optional(),
    namespaces: z.enum(['create', 'existing']).default('create').describe('Whether the namespaces are made here or by others.'),
    imageRepository: imageRepository.describe('Where this site pulls the HAProxy image from.'),
    terraformBackend: terraformBackend.default({ kind: 'local' }).describe("Where the Terraform state lives; never at the peer's site."),
    platformFlows: z
      .record(id, platformFlowSpec)
      .default({
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
      })
      .describe('Flows of the platform, keyed by id.'),
  })
  .meta({ id: 'OnPremSite', description: 'A place that runs on Kubernetes of its own.' });

export const cloudSiteSpec = z
  .strictObject({
    kind: z.literal('cloud').describe('An AWS account and region.'),
    account: z
      .string()
      .regex(/^\d{12}$/, { message: 'an account number must be a string of 12 digits' })
      .describe('Account number.'),
    region: region.describe('Region.'),
    availabilityZones: z.array(availabilityZone).min(2).describe('Availability zones, two at least.'),
    cidr: cidr.describe('Addresses of the VPC.'),
    zonePrefix: z.int().min(16).max(25).default(22).describe("Length of a zone's block."),
    vpc: z
      .strictObject({
        id: resourceId('vpc').describe('Id of the VPC.'),
        endpointSecurityGroup: resourceId('sg').describe("Id of the group in front of the VPC's own interface endpoints."),
      })
      .optional()
      .describe('An existing VPC with endpoints and routes of its own; each zone then names its subnets. Default: a VPC is made.'),
    transitGateway: resourceId('tgw').optional().describe('Transit gateway through which externals arrive.'),
    s3: z
      .strictObject({
        prefixList: resourceId('pl').describe("Id of S3's prefix list in the region."),
        cidrs: z.array(cidr).min(1).describe('The blocks in it, for network ACLs.'),
      })
      .describe('How S3 is addressed in the region.'),
    instanceTypes: z
      .strictObject({
        software: z
          .array(
            z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, { message: 'an instance type must be a family and a size, such as c7i.large' }),
          )
          .min(1)
          .describe('Instance types for software tiers, the smallest first.'),
        hardware: z
          .array(
            z.string().regex(/^[a-z0-9-]+\.metal-[a-z0-9]+$/, {
              message: 'a bare-metal instance type must have a size that starts with metal-, such as c7i.metal-24xl',
            }),
          )
          .min(1)
          .optional()
          .describe('Bare-metal instance types with acceleration devices.'),
      })
      .describe('Instance types on offer.'),
    calibration: calibrationSpec.optional(),
    machineImageParameter: z
      .string()
      .regex(/^\/[A-Za-z0-9._/-]{1,200}$/, {
        message: 'a parameter name must start with a slash and have letters, digits and . _ / - after it',
      })
      .describe(
        'Name of the SSM parameter that holds the id of the machine image; the image has podman, curl, logrotate, the AWS command line and the CloudWatch agent.',
      ),
    rootDeviceName: z
      .string()
      .regex(/^\/dev\/[a-z0-9]{2,12}$/, { message: 'a device name must be /dev/ followed by 2 to 12 lower-case letters or digits' })
      .default('/dev/xvda')
      .describe('Name of the root device in the machine image, whose volume is encrypted.'),
    imageRepository: imageRepository.describe(
      'Where this site pulls the HAProxy image from: a repository of ECR in this account and region.',
    ),
    bootstrapQualifier: z
      .string()
      .regex(/^[a-z0-9]{1,10}$/, { message: 'a qualifier must be 1 to 10 lower-case letters or digits' })
      .optional()
      .describe("Qualifier of the CDK's bootstrap stack. Default: the CDK's own."),
    permissionsBoundary: z
      .string()
      .regex(/^[A-Za-z0-9+=,.@_-]{1,128}$/, { message: 'a policy name must be 1 to 128 letters, digits and + = , . @ _ -' })
      .optional()
      .describe('Name of the managed policy that bounds every role.'),
    tags: z
      .record(
        z.string().regex(/^(?!aws:)[A-Za-z0-9+=._:/@-]{1,128}$/, {
          message: 'a tag key must be 1 to 128 letters, digits and + = . _ : / @ - and not start with aws:',
        }),
        sentence,
      )
      .default({})
      .describe('Tags that every resource must carry.'),
    quotas: z
      .strictObject(
        Object.fromEntries(Object.keys(quotas).map((name) => [name, z.int().min(1).optional()])) as Record<
          QuotaName,
          z.ZodOptional<z.ZodInt>
        >,
      )
      .default({})
      .describe('Quotas of the account that have been raised.'),
    platformFlows: z
      .record(id, cloudPlatformFlowSpec)
      .default({
        endpoints: { direction: 'egress', ports: [{ port: 443, protocol: 'TCP' }], service: 'interface-endpoints' },
        s3: { direction: 'egress', ports: [{ port: 443, protocol: 'TCP' }], service: 's3' },
      })
      .describe('Flows of the platform, keyed by id.'),
  })
  .meta({ id: 'CloudSite', description: 'A place in the cloud.' });

export const siteSpec = z.discriminatedUnion('kind', [onPremSiteSpec, cloudSiteSpec]);

export const estateSpec = z
  .strictObject({
    estate: id.describe('Name of the estate.'),
    haproxy: haproxySpec,
    sites: z.record(id, siteSpec).describe('Sites, keyed by id.'),
    ...mapShape,
  })
  .meta({ id: 'Estate', description: 'All of the TLS that one firm deploys.' });

export type OnPremSiteSpec = z.output<typeof onPremSiteSpec>;
export type CloudSiteSpec = z.output<typeof cloudSiteSpec>;
export type SiteSpec = z.output<typeof siteSpec>;
export type CloudPlatformFlowSpec = z.output<typeof cloudPlatformFlowSpec>;
export type PlatformFlowSpec = z.output<typeof platformFlowSpec>;
export type EstateSpec = z.output<typeof estateSpec>;
/** A description as a person writes it, in YAML or by constructs. */
export type EstateDescription = z.input<typeof estateSpec>;
