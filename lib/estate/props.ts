/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

import type { CalibrationProps } from '../tls/props';
/**
 * A place that runs on Kubernetes of its own.
 */
export interface OnPremSiteProps {
  /**
   * A Kubernetes cluster of the firm's own.
   */
  readonly kind: 'on-prem';
  /**
   * Context of the kubeconfig file that names the cluster.
   */
  readonly context: string;
  /**
   * Value of the label diptych/site on namespace kube-system: any other cluster is refused.
   */
  readonly clusterIdentity: string;
  /**
   * Addresses of pods.
   */
  readonly podCidr: string;
  /**
   * Addresses of nodes.
   */
  readonly nodeCidr: string;
  /**
   * Addresses of Services.
   */
  readonly serviceCidr: string;
  /**
   * What fails together: racks, rooms.
   */
  readonly failureDomains: {
    /**
     * Label of nodes that names their failure domain.
     *
     * @default "topology.kubernetes.io/zone"
     */
    readonly label?: string;
    /**
     * Its values.
     *
     * @minItems 2
     */
    readonly names: readonly string[];
  };
  /**
   * Addresses of load balancers, split among zones by slot.
   */
  readonly loadBalancerCidr: string;
  /**
   * Length of a zone's share of the load balancers' addresses.
   *
   * @default 28
   */
  readonly loadBalancerPrefix?: number;
  /**
   * Addresses with which zones leave the cluster, split by slot; needed by zones with flows to other sites.
   */
  readonly egressCidr?: string;
  /**
   * Length of a zone's share of the egress addresses.
   *
   * @default 28
   */
  readonly egressPrefix?: number;
  readonly hardware?: OnPremHardwareProps;
  readonly calibration?: CalibrationProps;
  /**
   * Whether the namespaces are made here or by others.
   *
   * @default "create"
   */
  readonly namespaces?: 'create' | 'existing';
  /**
   * Where this site pulls the HAProxy image from.
   */
  readonly imageRepository: string;
  /**
   * Where the Terraform state lives; never at the peer's site.
   *
   * @default {"kind":"local"}
   */
  readonly terraformBackend?:
    | {
        /**
         * A file beside the stack; for examples only.
         */
        readonly kind: 'local';
      }
    | {
        /**
         * Secrets of the site's own cluster, locked by a Lease.
         */
        readonly kind: 'kubernetes';
        /**
         * Namespace of the Secrets.
         */
        readonly namespace: string;
      }
    | {
        /**
         * A bucket, locked by a file in it.
         */
        readonly kind: 's3';
        readonly bucket: string;
        readonly region: string;
        /**
         * ARN of the key that encrypts the state.
         */
        readonly kmsKeyId?: string;
      };
  /**
   * Flows of the platform, keyed by id.
   *
   * @default {"dns":{"direction":"egress","pods":"all","ports":[{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"}],"namespace":"kube-system","podLabels":{"k8s-app":"kube-dns"}},"metrics":{"direction":"ingress","pods":"tier","ports":[{"port":8405,"protocol":"TCP"}],"namespace":"monitoring"}}
   */
  readonly platformFlows?: {
    readonly [key: string]: PlatformFlowProps;
  };
}
/**
 * Acceleration hardware on offer in a cluster.
 */
export interface OnPremHardwareProps {
  /**
   * Generation of Intel QuickAssist devices: decides the name of the device resource.
   */
  readonly generation: 'qat-gen2' | 'qat-gen4';
  /**
   * Nodes with devices in each failure domain.
   */
  readonly nodesPerFailureDomain: number;
  /**
   * Devices that a node offers.
   */
  readonly devicesPerNode: number;
  /**
   * Label, with value `true`, of the nodes that have devices.
   *
   * @default "intel.feature.node.kubernetes.io/qat"
   */
  readonly nodeLabel?: string;
}
/**
 * What the platform itself needs of every tier at a site: name resolution, metrics, logs, time, revocation lists, issuers.
 */
export interface PlatformFlowProps {
  /**
   * Whether tiers open these connections or accept them.
   */
  readonly direction: 'egress' | 'ingress';
  /**
   * Which pods of a zone: those of its tier, or its workloads as well, which resolve the names of others' endpoints.
   *
   * @default "tier"
   */
  readonly pods?: 'tier' | 'all';
  /**
   * Destination ports.
   *
   * @minItems 1
   */
  readonly ports: {
    readonly port: number;
    readonly protocol?: 'TCP' | 'UDP';
  }[];
  /**
   * On-prem: namespace of the peer.
   */
  readonly namespace?: string;
  /**
   * On-prem: labels of the peer in that namespace.
   *
   * @default - all its pods.
   */
  readonly podLabels?: {
    readonly [key: string]: string;
  };
  /**
   * Addresses of the peer, where it is no namespace.
   *
   * @minItems 1
   */
  readonly cidrs?: readonly string[];
}
/**
 * A place in the cloud.
 */
export interface CloudSiteProps {
  /**
   * An AWS account and region.
   */
  readonly kind: 'cloud';
  /**
   * Account number.
   */
  readonly account: string;
  /**
   * Region.
   */
  readonly region: string;
  /**
   * Availability zones, two at least.
   *
   * @minItems 2
   */
  readonly availabilityZones: readonly string[];
  /**
   * Addresses of the VPC.
   */
  readonly cidr: string;
  /**
   * Length of a zone's block.
   *
   * @default 22
   */
  readonly zonePrefix?: number;
  /**
   * An existing VPC with endpoints and routes of its own; each zone then names its subnets.
   *
   * @default - a VPC is made.
   */
  readonly vpc?: {
    /**
     * Id of the VPC.
     */
    readonly id: string;
    /**
     * Id of the group in front of the VPC's own interface endpoints.
     */
    readonly endpointSecurityGroup: string;
  };
  /**
   * Transit gateway through which externals arrive.
   */
  readonly transitGateway?: string;
  /**
   * How S3 is addressed in the region.
   */
  readonly s3: {
    /**
     * Id of S3's prefix list in the region.
     */
    readonly prefixList: string;
    /**
     * The blocks in it, for network ACLs.
     *
     * @minItems 1
     */
    readonly cidrs: readonly string[];
  };
  /**
   * Instance types on offer.
   */
  readonly instanceTypes: {
    /**
     * Instance types for software tiers, the smallest first.
     *
     * @minItems 1
     */
    readonly software: readonly string[];
    /**
     * Bare-metal instance types with acceleration devices.
     *
     * @minItems 1
     */
    readonly hardware?: readonly string[];
  };
  readonly calibration?: CalibrationProps;
  /**
   * Name of the SSM parameter that holds the id of the machine image; the image has podman, curl, logrotate, the AWS command line and the CloudWatch agent.
   */
  readonly machineImageParameter: string;
  /**
   * Name of the root device in the machine image, whose volume is encrypted.
   *
   * @default "/dev/xvda"
   */
  readonly rootDeviceName?: string;
  /**
   * Where this site pulls the HAProxy image from: a repository of ECR in this account and region.
   */
  readonly imageRepository: string;
  /**
   * Qualifier of the CDK's bootstrap stack.
   *
   * @default - the CDK's own.
   */
  readonly bootstrapQualifier?: string;
  /**
   * Name of the managed policy that bounds every role.
   */
  readonly permissionsBoundary?: string;
  /**
   * Tags that every resource must carry.
   *
   * @default {}
   */
  readonly tags?: {
    readonly [key: string]: string;
  };
  /**
   * Quotas of the account that have been raised.
   *
   * @default {}
   */
  readonly quotas?: {
    readonly networkAclEntries?: number;
    readonly networkAclsPerVpc?: number;
    readonly securityGroupRules?: number;
    readonly securityGroupsPerRegion?: number;
    readonly subnetsPerVpc?: number;
    readonly routesPerTable?: number;
    readonly securityGroupsPerInterface?: number;
    readonly networkLoadBalancers?: number;
    readonly listenersPerLoadBalancer?: number;
    readonly certificatesPerLoadBalancer?: number;
    readonly targetsPerLoadBalancer?: number;
  };
  /**
   * Flows of the platform, keyed by id.
   *
   * @default {"endpoints":{"direction":"egress","ports":[{"port":443,"protocol":"TCP"}],"service":"interface-endpoints"},"s3":{"direction":"egress","ports":[{"port":443,"protocol":"TCP"}],"service":"s3"}}
   */
  readonly platformFlows?: {
    readonly [key: string]: CloudPlatformFlowProps;
  };
}
/**
 * What the platform itself needs of every tier in the cloud. Name resolution and time come from the VPC's own link-local addresses, which no group or ACL filters.
 */
export interface CloudPlatformFlowProps {
  /**
   * Whether tiers open these connections or accept them.
   */
  readonly direction: 'egress' | 'ingress';
  /**
   * Destination ports.
   *
   * @minItems 1
   */
  readonly ports: {
    readonly port: number;
    readonly protocol?: 'TCP' | 'UDP';
  }[];
  /**
   * Peer: the VPC's interface endpoints, or S3 by its gateway endpoint and prefix list.
   */
  readonly service?: 'interface-endpoints' | 's3';
  /**
   * Addresses of the peer, where it is no such service.
   *
   * @minItems 1
   */
  readonly cidrs?: readonly string[];
}
