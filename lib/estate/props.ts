/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

import type { CalibrationProps } from '../tls/props';
/**
 * An on-prem site: one Kubernetes cluster.
 */
export interface OnPremSiteProps {
  /**
   * A Kubernetes cluster in a data center of the firm.
   */
  readonly kind: 'on-prem';
  /**
   * Context in the kubeconfig file for the cluster.
   */
  readonly context: string;
  /**
   * Value of the label diptych/site on the namespace kube-system of the cluster. Diptych refuses to deploy to a cluster with another value.
   */
  readonly clusterIdentity: string;
  /**
   * CIDR block of pods.
   */
  readonly podCidr: string;
  /**
   * CIDR block of nodes.
   */
  readonly nodeCidr: string;
  /**
   * CIDR block of Services.
   */
  readonly serviceCidr: string;
  /**
   * Failure domains of nodes, such as racks or rooms.
   */
  readonly failureDomains: {
    /**
     * Node label that contains the failure domain.
     *
     * @default "topology.kubernetes.io/zone"
     */
    readonly label?: string;
    /**
     * Values of the label.
     *
     * @minItems 2
     */
    readonly names: readonly string[];
  };
  /**
   * CIDR block of load balancers. Each zone has the part at the index given by its slot.
   */
  readonly loadBalancerCidr: string;
  /**
   * Prefix length of the load balancer block of a zone.
   *
   * @default 28
   */
  readonly loadBalancerPrefix?: number;
  /**
   * Implementation of the load balancers. `metallb`: MetalLB, which cuts the open sessions of an instance a few seconds after the instance starts to stop. `draining`: an implementation that keeps open sessions at a stopping instance until it ends.
   *
   * @default - not known; the plan says what to check.
   */
  readonly loadBalancer?: 'metallb' | 'draining';
  /**
   * CIDR block of the source addresses of zones outside the cluster. Each zone has the part at the index given by its slot. Required for flows to other sites.
   */
  readonly egressCidr?: string;
  /**
   * Prefix length of the egress block of a zone.
   *
   * @default 28
   */
  readonly egressPrefix?: number;
  readonly hardware?: OnPremHardwareProps;
  readonly calibration?: CalibrationProps;
  /**
   * Whether Diptych creates the namespaces of zones or they exist already.
   *
   * @default "create"
   */
  readonly namespaces?: 'create' | 'existing';
  /**
   * Repository from which the cluster pulls the HAProxy image.
   */
  readonly imageRepository: string;
  /**
   * Backend of the Terraform state of the site.
   *
   * @default {"kind":"local"}
   */
  readonly terraformBackend?:
    | {
        /**
         * State in a local file in the folder of the stack. For examples only.
         */
        readonly kind: 'local';
      }
    | {
        /**
         * State in Secrets of the cluster of the site, locked with a Lease.
         */
        readonly kind: 'kubernetes';
        /**
         * Namespace of the Secrets.
         */
        readonly namespace: string;
      }
    | {
        /**
         * State in an S3 bucket, locked with a lock file in the bucket.
         */
        readonly kind: 's3';
        readonly bucket: string;
        readonly region: string;
        /**
         * ARN of the KMS key that encrypts the state.
         */
        readonly kmsKeyId?: string;
      };
  /**
   * Flows between tiers and services of the platform, keyed by id. They are added to the default flows dns and metrics; a flow with the id of a default replaces it, and null removes it.
   *
   * @default {"dns":{"direction":"egress","pods":"all","ports":[{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"}],"namespace":"kube-system","podLabels":{"k8s-app":"kube-dns"}},"metrics":{"direction":"ingress","pods":"tier","ports":[{"port":8405,"protocol":"TCP"}],"namespace":"monitoring"}}
   */
  readonly platformFlows?: {
    readonly [key: string]: PlatformFlowProps | null;
  };
}
/**
 * TLS acceleration hardware of a cluster.
 */
export interface OnPremHardwareProps {
  /**
   * Generation of the Intel QuickAssist devices. Determines the name of the Kubernetes device resource.
   */
  readonly generation: 'qat-gen2' | 'qat-gen4';
  /**
   * Number of nodes with devices in each failure domain.
   */
  readonly nodesPerFailureDomain: number;
  /**
   * Number of devices of a node.
   */
  readonly devicesPerNode: number;
  /**
   * Label with the value `true` on nodes that have devices.
   *
   * @default "intel.feature.node.kubernetes.io/qat"
   */
  readonly nodeLabel?: string;
}
/**
 * A flow between every tier of an on-prem site and a service of the platform, such as DNS, metrics, logs, NTP or certificate issuers.
 */
export interface PlatformFlowProps {
  /**
   * Direction as seen from the tier: `egress` for connections that it opens, `ingress` for connections that it accepts.
   */
  readonly direction: 'egress' | 'ingress';
  /**
   * Pods of a zone that the flow applies to: only those of the tier, or those of workloads as well.
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
   * On-prem: labels of the pods of the peer in the namespace.
   *
   * @default - all pods of the namespace.
   */
  readonly podLabels?: {
    readonly [key: string]: string;
  };
  /**
   * CIDR blocks of the peer, if the peer is not a namespace.
   *
   * @minItems 1
   */
  readonly cidrs?: readonly string[];
}
/**
 * A cloud site: one AWS account and region.
 */
export interface CloudSiteProps {
  /**
   * One AWS account and region.
   */
  readonly kind: 'cloud';
  /**
   * AWS account number. Write it in quotes.
   */
  readonly account: string;
  /**
   * AWS region.
   */
  readonly region: string;
  /**
   * Availability zones of the site.
   *
   * @minItems 2
   */
  readonly availabilityZones: readonly string[];
  /**
   * CIDR block of the VPC.
   */
  readonly cidr: string;
  /**
   * Prefix length of the block of a zone.
   *
   * @default 22
   */
  readonly zonePrefix?: number;
  /**
   * An existing VPC with its own VPC endpoints and routes. Each zone must then name its subnets.
   *
   * @default - Diptych creates the VPC.
   */
  readonly vpc?: {
    /**
     * Id of the VPC.
     */
    readonly id: string;
    /**
     * Id of the security group of the interface endpoints of the VPC.
     */
    readonly endpointSecurityGroup: string;
  };
  /**
   * Id of the transit gateway through which traffic of externals reaches the VPC.
   */
  readonly transitGateway?: string;
  /**
   * Addresses of S3 in the region.
   */
  readonly s3: {
    /**
     * Id of the AWS-managed prefix list of S3 in the region.
     */
    readonly prefixList: string;
    /**
     * CIDR blocks of the prefix list, for rules of network ACLs.
     *
     * @minItems 1
     */
    readonly cidrs: readonly string[];
  };
  /**
   * Instance types that tiers may use.
   */
  readonly instanceTypes: {
    /**
     * Instance types for tiers without acceleration hardware, smallest first.
     *
     * @minItems 1
     */
    readonly software: readonly string[];
    /**
     * Bare-metal instance types with acceleration hardware.
     *
     * @minItems 1
     */
    readonly hardware?: readonly string[];
  };
  readonly calibration?: CalibrationProps;
  /**
   * Name of the SSM parameter whose value is the AMI id. The image must contain podman, curl, fallocate, the AWS CLI and the CloudWatch agent.
   */
  readonly machineImageParameter: string;
  /**
   * Name of the root device of the machine image. Its volume is encrypted.
   *
   * @default "/dev/xvda"
   */
  readonly rootDeviceName?: string;
  /**
   * ECR repository in the account and region of the site from which instances pull the HAProxy image.
   */
  readonly imageRepository: string;
  /**
   * Qualifier of the CDK bootstrap stack.
   *
   * @default - the default of the CDK.
   */
  readonly bootstrapQualifier?: string;
  /**
   * Name of the managed policy that is the permissions boundary of every role.
   */
  readonly permissionsBoundary?: string;
  /**
   * Tags that are added to every resource.
   *
   * @default {}
   */
  readonly tags?: {
    readonly [key: string]: string;
  };
  /**
   * Quotas of the account that differ from the AWS defaults.
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
   * Flows between tiers and services of the platform, keyed by id. They are added to the default flows endpoints and s3; a flow with the id of a default replaces it, and null removes it.
   *
   * @default {"endpoints":{"direction":"egress","ports":[{"port":443,"protocol":"TCP"}],"service":"interface-endpoints"},"s3":{"direction":"egress","ports":[{"port":443,"protocol":"TCP"}],"service":"s3"}}
   */
  readonly platformFlows?: {
    readonly [key: string]: CloudPlatformFlowProps | null;
  };
}
/**
 * A flow between every tier of a cloud site and a service of the platform. DNS and NTP need no flow: instances use link-local addresses of the VPC, which security groups and network ACLs do not filter.
 */
export interface CloudPlatformFlowProps {
  /**
   * Direction as seen from the tier: `egress` for connections that it opens, `ingress` for connections that it accepts.
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
   * AWS service that is the peer: the interface endpoints of the VPC, or S3 through its gateway endpoint.
   */
  readonly service?: 'interface-endpoints' | 's3';
  /**
   * CIDR blocks of the peer, if the peer is not an AWS service.
   *
   * @minItems 1
   */
  readonly cidrs?: readonly string[];
}
