import { z } from 'zod';
import { availabilityZone, cidr, id, imageRepository, labelKey, labelValue, region, resourceId, sentence } from '../core/schema';
import { calibrationSpec } from '../tls/calibration';
import { haproxySpec } from '../tls/spec';
import { mapShape, type QuotaName, quotas } from './domains';
import { cloudPlatformFlows, onPremPlatformFlows } from './platform-flow-spec';

const terraformBackend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local').describe('State in a local file in the folder of the stack. For examples only.') }),
  z.strictObject({
    kind: z.literal('kubernetes').describe('State in Secrets of the cluster of the site, locked with a Lease.'),
    namespace: id.describe('Namespace of the Secrets.'),
  }),
  z.strictObject({
    kind: z.literal('s3').describe('State in an S3 bucket, locked with a lock file in the bucket.'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      message: 'a bucket name must be 3 to 63 lower-case letters, digits, dots or hyphens',
    }),
    region,
    kmsKeyId: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/, { message: 'a key must be the ARN of a KMS key' })
      .optional()
      .describe('ARN of the KMS key that encrypts the state.'),
  }),
]);

export const onPremHardwareSpec = z
  .strictObject({
    generation: z
      .enum(['qat-gen2', 'qat-gen4'])
      .describe('Generation of the Intel QuickAssist devices. Determines the name of the Kubernetes device resource.'),
    nodesPerFailureDomain: z.int().min(1).max(10_000).describe('Number of nodes with devices in each failure domain.'),
    devicesPerNode: z.int().min(1).max(1_024).describe('Number of devices of a node.'),
    nodeLabel: labelKey.default('intel.feature.node.kubernetes.io/qat').describe('Label with the value `true` on nodes that have devices.'),
  })
  .meta({ id: 'OnPremHardware', description: 'TLS acceleration hardware of a cluster.' });

export const onPremSiteSpec = z
  .strictObject({
    kind: z.literal('on-prem').describe('A Kubernetes cluster in a data center of the firm.'),
    context: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._@:/-]{0,127}$/, {
        message: 'a context must be 1 to 128 letters, digits and . _ @ : / - and start with a letter or digit',
      })
      .describe('Context in the kubeconfig file for the cluster.'),
    clusterIdentity: labelValue
      .min(1)
      .describe(
        'Value of the label diptych/site on the namespace kube-system of the cluster. Diptych refuses to deploy to a cluster with another value.',
      ),
    podCidr: cidr.describe('CIDR block of pods.'),
    nodeCidr: cidr.describe('CIDR block of nodes.'),
    serviceCidr: cidr.describe('CIDR block of Services.'),
    failureDomains: z
      .strictObject({
        label: labelKey.default('topology.kubernetes.io/zone').describe('Node label that contains the failure domain.'),
        names: z.array(labelValue.min(1)).min(2).describe('Values of the label.'),
      })
      .describe('Failure domains of nodes, such as racks or rooms.'),
    loadBalancerCidr: cidr.describe('CIDR block of load balancers. Each zone has the part at the index given by its slot.'),
    loadBalancerPrefix: z.int().min(8).max(32).default(28).describe('Prefix length of the load balancer block of a zone.'),
    loadBalancer: z
      .enum(['metallb', 'draining'])
      .optional()
      .describe(
        'Implementation of the load balancers. `metallb`: MetalLB, which cuts the open sessions of an instance a few seconds after the instance starts to stop. `draining`: an implementation that keeps open sessions at a stopping instance until it ends. Default: not known; the plan says what to check.',
      ),
    egressCidr: cidr
      .optional()
      .describe(
        'CIDR block of the source addresses of zones outside the cluster. Each zone has the part at the index given by its slot. Required for flows to other sites.',
      ),
    egressPrefix: z.int().min(8).max(32).default(28).describe('Prefix length of the egress block of a zone.'),
    hardware: onPremHardwareSpec.optional(),
    calibration: calibrationSpec.optional(),
    namespaces: z
      .enum(['create', 'existing'])
      .default('create')
      .describe('Whether Diptych creates the namespaces of zones or they exist already.'),
    imageRepository: imageRepository.describe('Repository from which the cluster pulls the HAProxy image.'),
    terraformBackend: terraformBackend.default({ kind: 'local' }).describe('Backend of the Terraform state of the site.'),
    platformFlows: onPremPlatformFlows,
  })
  .meta({ id: 'OnPremSite', description: 'An on-prem site: one Kubernetes cluster.' });

export const cloudSiteSpec = z
  .strictObject({
    kind: z.literal('cloud').describe('One AWS account and region.'),
    account: z
      .string()
      .regex(/^\d{12}$/, { message: 'an account number must be a string of 12 digits' })
      .describe('AWS account number. Write it in quotes.'),
    region: region.describe('AWS region.'),
    availabilityZones: z.array(availabilityZone).min(2).describe('Availability zones of the site.'),
    cidr: cidr.describe('CIDR block of the VPC.'),
    zonePrefix: z.int().min(16).max(25).default(22).describe('Prefix length of the block of a zone.'),
    vpc: z
      .strictObject({
        id: resourceId('vpc').describe('Id of the VPC.'),
        endpointSecurityGroup: resourceId('sg').describe('Id of the security group of the interface endpoints of the VPC.'),
      })
      .optional()
      .describe(
        'An existing VPC with its own VPC endpoints and routes. Each zone must then name its subnets. Default: Diptych creates the VPC.',
      ),
    transitGateway: resourceId('tgw').optional().describe('Id of the transit gateway through which traffic of externals reaches the VPC.'),
    s3: z
      .strictObject({
        prefixList: resourceId('pl').describe('Id of the AWS-managed prefix list of S3 in the region.'),
        cidrs: z.array(cidr).min(1).describe('CIDR blocks of the prefix list, for rules of network ACLs.'),
      })
      .describe('Addresses of S3 in the region.'),
    instanceTypes: z
      .strictObject({
        software: z
          .array(
            z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, { message: 'an instance type must be a family and a size, such as c7i.large' }),
          )
          .min(1)
          .describe('Instance types for tiers without acceleration hardware, smallest first.'),
        hardware: z
          .array(
            z.string().regex(/^[a-z0-9-]+\.metal-[a-z0-9]+$/, {
              message: 'a bare-metal instance type must have a size that starts with metal-, such as c7i.metal-24xl',
            }),
          )
          .min(1)
          .optional()
          .describe('Bare-metal instance types with acceleration hardware.'),
      })
      .describe('Instance types that tiers may use.'),
    calibration: calibrationSpec.optional(),
    machineImageParameter: z
      .string()
      .regex(/^\/[A-Za-z0-9._/-]{1,200}$/, {
        message: 'a parameter name must start with a slash and have letters, digits and . _ / - after it',
      })
      .describe(
        'Name of the SSM parameter whose value is the AMI id. The image must contain podman, curl, fallocate, the AWS CLI and the CloudWatch agent.',
      ),
    rootDeviceName: z
      .string()
      .regex(/^\/dev\/[a-z0-9]{2,12}$/, { message: 'a device name must be /dev/ followed by 2 to 12 lower-case letters or digits' })
      .default('/dev/xvda')
      .describe('Name of the root device of the machine image. Its volume is encrypted.'),
    imageRepository: imageRepository.describe(
      'ECR repository in the account and region of the site from which instances pull the HAProxy image.',
    ),
    bootstrapQualifier: z
      .string()
      .regex(/^[a-z0-9]{1,10}$/, { message: 'a qualifier must be 1 to 10 lower-case letters or digits' })
      .optional()
      .describe('Qualifier of the CDK bootstrap stack. Default: the default of the CDK.'),
    permissionsBoundary: z
      .string()
      .regex(/^[A-Za-z0-9+=,.@_-]{1,128}$/, { message: 'a policy name must be 1 to 128 letters, digits and + = , . @ _ -' })
      .optional()
      .describe('Name of the managed policy that is the permissions boundary of every role.'),
    tags: z
      .record(
        z.string().regex(/^(?!aws:)[A-Za-z0-9+=._:/@-]{1,128}$/, {
          message: 'a tag key must be 1 to 128 letters, digits and + = . _ : / @ - and not start with aws:',
        }),
        sentence,
      )
      .default({})
      .describe('Tags that are added to every resource.'),
    quotas: z
      .strictObject(
        Object.fromEntries(Object.keys(quotas).map((name) => [name, z.int().min(1).optional()])) as Record<
          QuotaName,
          z.ZodOptional<z.ZodInt>
        >,
      )
      .default({})
      .describe('Quotas of the account that differ from the AWS defaults.'),
    platformFlows: cloudPlatformFlows,
  })
  .meta({ id: 'CloudSite', description: 'A cloud site: one AWS account and region.' });

export const siteSpec = z.discriminatedUnion('kind', [onPremSiteSpec, cloudSiteSpec]);

/** Top-level keys of a YAML file that hold values for anchors and are not part of the description. */
export const extensionKey = /^x-/;

export const estateSpec = z
  .strictObject({
    estate: id.describe('Name of the estate.'),
    haproxy: haproxySpec,
    sites: z.record(id, siteSpec).describe('Sites of the estate, keyed by id.'),
    ...mapShape,
  })
  .meta({ id: 'Estate', description: 'Everything that one firm deploys with Diptych.' });

export type OnPremSiteSpec = z.output<typeof onPremSiteSpec>;
export type CloudSiteSpec = z.output<typeof cloudSiteSpec>;
export type SiteSpec = z.output<typeof siteSpec>;
export type EstateSpec = z.output<typeof estateSpec>;
/** A description as a person writes it, in YAML or by constructs. */
export type EstateDescription = z.input<typeof estateSpec>;
