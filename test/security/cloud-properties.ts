/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no types here
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

/** One property of security that every resource of some types has. */
export interface CloudProperty {
  readonly title: string;
  /** The types that it is about, without `AWS::`. */
  readonly types: readonly string[];
  /** True if no resource of these types may exist at all. */
  readonly absent?: boolean;
  readonly holds: (resource: TemplateResource) => boolean;
  /** Changes of a sound resource that each break the property. */
  readonly breaks: readonly ((properties: TemplateResource['Properties'], resource: TemplateResource) => void)[];
}

// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no types here
type Json = any;

/** Statements in which a service is a principal, of any policy of a resource. */
function serviceStatements(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value.Statement ?? []).filter(({ Principal }: Json) => Principal?.Service !== undefined);
  return [...own, ...Object.values(value).flatMap(serviceStatements)];
}

/** Condition keys that keep a service from acting for another account; EC2 hands out the credentials of a role to own instances only. */
const boundToSource = /aws:SourceAccount|aws:SourceArn|kms:EncryptionContext:aws:logs:arn/;

function isBoundToSource({ Principal, Condition }: Json): boolean {
  return Principal.Service === 'ec2.amazonaws.com' || boundToSource.test(JSON.stringify(Condition ?? {}));
}

const everywhere = /^(0\.0\.0\.0\/0|::\/0)$/;

/** The properties that hold for everything in the cloud. */
export const cloudProperties: readonly CloudProperty[] = [
  {
    title: 'every key is rotated and outlives its stack',
    types: ['KMS::Key'],
    holds: ({ Properties, DeletionPolicy }) => Properties.EnableKeyRotation === true && DeletionPolicy === 'Retain',
    breaks: [
      (key) => {
        key.EnableKeyRotation = false;
      },
      (key) => delete key.EnableKeyRotation,
      (_key, resource) => delete (resource as { DeletionPolicy?: string }).DeletionPolicy,
    ],
  },
  {
    title: 'every log group is encrypted with a key of ours, kept for thirteen months and retained',
    types: ['Logs::LogGroup'],
    holds: ({ Properties, DeletionPolicy }) =>
      Properties.KmsKeyId !== undefined && Properties.RetentionInDays >= 365 && DeletionPolicy === 'Retain',
    breaks: [
      (group) => delete group.KmsKeyId,
      (group) => delete group.RetentionInDays,
      (group) => {
        group.RetentionInDays = 30;
      },
      (_group, resource) => delete (resource as { DeletionPolicy?: string }).DeletionPolicy,
    ],
  },
  {
    title: 'a service acts for resources of this account only',
    types: ['IAM::Role', 'KMS::Key'],
    holds: ({ Properties }) => serviceStatements(Properties).every(isBoundToSource),
    breaks: [
      (role) => {
        role.AssumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' } }] };
      },
    ],
  },
  {
    title: 'the role of flow logs names the account whose flow logs it serves',
    types: ['IAM::Role'],
    holds: ({ Properties }) => {
      const [{ Principal, Condition }] = Properties.AssumeRolePolicyDocument.Statement;
      const isFlowLogs = Principal.Service === 'vpc-flow-logs.amazonaws.com';
      return !isFlowLogs || /^\d{12}$/.test(Condition?.StringEquals?.['aws:SourceAccount']);
    },
    breaks: [
      (role) => {
        role.AssumeRolePolicyDocument.Statement[0] = { Principal: { Service: 'vpc-flow-logs.amazonaws.com' } };
      },
    ],
  },
  {
    title: 'instance metadata takes a session token, from the instance itself only',
    types: ['EC2::LaunchTemplate'],
    holds: ({ Properties: { LaunchTemplateData } }) =>
      LaunchTemplateData.MetadataOptions?.HttpTokens === 'required' && LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit === 1,
    breaks: [
      (template) => {
        template.LaunchTemplateData.MetadataOptions.HttpTokens = 'optional';
      },
      (template) => {
        template.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2;
      },
      (template) => delete template.LaunchTemplateData.MetadataOptions,
    ],
  },
  {
    title: 'every volume is encrypted',
    types: ['EC2::LaunchTemplate'],
    holds: ({ Properties: { LaunchTemplateData } }) =>
      LaunchTemplateData.BlockDeviceMappings?.length > 0 &&
      LaunchTemplateData.BlockDeviceMappings.every(({ Ebs }: Json) => Ebs.Encrypted === true),
    breaks: [
      (template) => {
        template.LaunchTemplateData.BlockDeviceMappings[0].Ebs.Encrypted = false;
      },
      (template) => delete template.LaunchTemplateData.BlockDeviceMappings,
    ],
  },
  {
    title: 'no instance has a public address or a key for a shell',
    types: ['EC2::LaunchTemplate'],
    holds: ({ Properties: { LaunchTemplateData } }) =>
      LaunchTemplateData.KeyName === undefined &&
      LaunchTemplateData.NetworkInterfaces?.length > 0 &&
      LaunchTemplateData.NetworkInterfaces.every((one: Json) => one.AssociatePublicIpAddress === false),
    breaks: [
      (template) => {
        template.LaunchTemplateData.NetworkInterfaces[0].AssociatePublicIpAddress = true;
      },
      (template) => {
        template.LaunchTemplateData.KeyName = 'operations';
      },
      (template) => delete template.LaunchTemplateData.NetworkInterfaces,
    ],
  },
  {
    title: 'no subnet gives out public addresses',
    types: ['EC2::Subnet'],
    holds: ({ Properties }) => Properties.MapPublicIpOnLaunch === false,
    breaks: [(subnet) => delete subnet.MapPublicIpOnLaunch],
  },
  {
    title: 'nothing leads to the internet',
    types: ['EC2::InternetGateway', 'EC2::NatGateway', 'EC2::EIP', 'EC2::EgressOnlyInternetGateway', 'EC2::VPCPeeringConnection'],
    absent: true,
    holds: () => false,
    breaks: [() => {}],
  },
  {
    title: 'no route leads everywhere',
    types: ['EC2::Route'],
    holds: ({ Properties }) => !everywhere.test(Properties.DestinationCidrBlock ?? Properties.DestinationIpv6CidrBlock ?? '0.0.0.0/0'),
    breaks: [
      (route) => {
        route.DestinationCidrBlock = '0.0.0.0/0';
      },
    ],
  },
  {
    title: 'a security group lets nothing in or out by itself',
    types: ['EC2::SecurityGroup'],
    holds: ({ Properties: { SecurityGroupIngress, SecurityGroupEgress } }) =>
      SecurityGroupIngress === undefined && SecurityGroupEgress?.length === 1 && SecurityGroupEgress[0].CidrIp === '255.255.255.255/32',
    breaks: [
      // Without any outbound rule, EC2 allows all outbound traffic.
      (group) => delete group.SecurityGroupEgress,
      (group) => {
        group.SecurityGroupEgress[0].CidrIp = '0.0.0.0/0';
      },
      (group) => {
        group.SecurityGroupIngress = [{ CidrIp: '10.0.0.0/8', IpProtocol: '-1' }];
      },
    ],
  },
  {
    title: 'a rule of a security group names its peer, one protocol and its ports',
    types: ['EC2::SecurityGroupIngress', 'EC2::SecurityGroupEgress'],
    holds: ({ Properties }) => {
      const { CidrIp, SourceSecurityGroupId, DestinationSecurityGroupId, DestinationPrefixListId, IpProtocol, FromPort, ToPort } =
        Properties;
      const peers = [CidrIp, SourceSecurityGroupId, DestinationSecurityGroupId, DestinationPrefixListId].filter((one) => one !== undefined);
      return peers.length === 1 && !everywhere.test(CidrIp ?? '') && /^(tcp|udp)$/.test(IpProtocol) && FromPort === ToPort && FromPort > 0;
    },
    breaks: [
      (rule) => {
        for (const peer of ['CidrIp', 'SourceSecurityGroupId']) delete rule[peer];
      },
      (rule) => {
        delete rule.SourceSecurityGroupId;
        rule.CidrIp = '0.0.0.0/0';
      },
      (rule) => {
        rule.IpProtocol = '-1';
      },
      (rule) => {
        rule.ToPort = 65535;
      },
    ],
  },
  {
    title: 'an entry of a network ACL admits one block and one protocol',
    types: ['EC2::NetworkAclEntry'],
    holds: ({ Properties }) => !everywhere.test(Properties.CidrBlock ?? '0.0.0.0/0') && [6, 17].includes(Properties.Protocol),
    breaks: [
      (entry) => {
        entry.CidrBlock = '0.0.0.0/0';
      },
      (entry) => {
        entry.Protocol = -1;
      },
    ],
  },
  {
    title: 'every balancer is internal, guarded by a group of ours, and asks it for private links too',
    types: ['ElasticLoadBalancingV2::LoadBalancer'],
    holds: ({ Properties }) =>
      Properties.Scheme === 'internal' &&
      Properties.SecurityGroups?.length > 0 &&
      Properties.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic === 'on',
    breaks: [
      (balancer) => {
        balancer.Scheme = 'internet-facing';
      },
      (balancer) => delete balancer.SecurityGroups,
      (balancer) => {
        balancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = 'off';
      },
    ],
  },
  {
    title: 'a listener passes TLS through or ends TLS 1.2 and newer',
    types: ['ElasticLoadBalancingV2::Listener'],
    holds: ({ Properties: { Protocol, SslPolicy } }) => Protocol === 'TCP' || (Protocol === 'TLS' && /TLS13|TLS-1-2/.test(SslPolicy)),
    breaks: [
      (listener) => Object.assign(listener, { Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-2016-08' }),
      (listener) => Object.assign(listener, { Protocol: 'HTTP' }),
    ],
  },
  {
    title: 'every VPC endpoint has a policy of its own',
    types: ['EC2::VPCEndpoint'],
    holds: ({ Properties }) => Properties.PolicyDocument?.Statement?.length > 0,
    breaks: [(endpoint) => delete endpoint.PolicyDocument],
  },
  {
    title: 'every packet is logged',
    types: ['EC2::FlowLog'],
    holds: ({ Properties }) => Properties.TrafficType === 'ALL' && Properties.ResourceType === 'VPC',
    breaks: [
      (log) => {
        log.TrafficType = 'REJECT';
      },
    ],
  },
];
