import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloudTemplates, only, type Resource, resources } from '../../fixtures/cloud-templates';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

let stacks: Map<string, Template>;

beforeAll(() => {
  stacks = cloudTemplates(plannedTwoSites());
});

const all = (type: string): Resource[] => [...stacks.values()].flatMap((template) => resources(template, type));

describe('the network stack of a cloud site', () => {
  it('creates no route to the internet', () => {
    for (const type of ['InternetGateway', 'NatGateway', 'EIP', 'EgressOnlyInternetGateway']) expect(all(`AWS::EC2::${type}`)).toEqual([]);
    for (const { Properties } of all('AWS::EC2::Route')) {
      expect(Properties.DestinationCidrBlock).not.toBe('0.0.0.0/0');
      expect(Properties).toHaveProperty('TransitGatewayId');
    }
    for (const { Properties } of all('AWS::EC2::Subnet')) expect(Properties.MapPublicIpOnLaunch).toBe(false);
  });

  it('creates routes to link prefixes and externals that depend on the gateway attachment', () => {
    const routes = resources(stacks.get('network'), 'AWS::EC2::Route');
    expect(routes.map(({ Properties }) => Properties.DestinationCidrBlock).sort()).toEqual([
      '10.40.0.0/20',
      '10.41.0.0/20',
      '198.51.100.0/24',
    ]);
    for (const { DependsOn } of routes) expect(DependsOn).toHaveLength(1);
    expect(resources(stacks.get('network'), 'AWS::EC2::TransitGatewayAttachment')).toHaveLength(1);
  });

  it('creates no route to an external that belongs to other sites', () => {
    const estate = twoSites();
    Object.assign(estate.externals, { branch: { cidrs: ['203.0.113.0/24'], sites: ['frankfurt'] } });
    const routes = resources(cloudTemplates(planned(estate)).get('network'), 'AWS::EC2::Route');
    expect(routes.map(({ Properties }) => Properties.DestinationCidrBlock)).not.toContain('203.0.113.0/24');
    expect(routes).toHaveLength(3);
  });

  it('restricts every VPC endpoint to this account and allows no wildcard action', () => {
    const endpoints = all('AWS::EC2::VPCEndpoint');
    expect(endpoints).toHaveLength(13);
    for (const { Properties } of endpoints) {
      for (const { Effect, Action, Condition, Resource } of Properties.PolicyDocument.Statement) {
        if (Effect === 'Deny') continue;
        expect(Action.join()).not.toContain('*');
        const registrys = Resource.join() === 'arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*';
        if (!registrys) expect(Condition.StringEquals['aws:PrincipalAccount']).toBe('111122223333');
      }
    }
  });

  it('allows only API calls of the roles through the interface endpoints', () => {
    const actionsOf = (documents: { Statement: { Effect: string; Action: string[] }[] }[]): string[] =>
      documents.flatMap(({ Statement }) => Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : [])));
    const admitted = actionsOf(all('AWS::EC2::VPCEndpoint').map(({ Properties }) => Properties.PolicyDocument));
    const granted = actionsOf(
      all('AWS::IAM::Role').flatMap(
        ({ Properties }) => Properties.Policies?.map((policy: { PolicyDocument: object }) => policy.PolicyDocument) ?? [],
      ),
    );
    // The estate of this test has no tier with acceleration devices, so no role writes a metric.
    for (const action of admitted) expect([...granted, 'cloudwatch:PutMetricData']).toContain(action);
  });

  it('allows only reading image layers and assets through the S3 endpoint', () => {
    const [gateway] = all('AWS::EC2::VPCEndpoint').filter(({ Properties }) => Properties.VpcEndpointType === 'Gateway');
    const statements = gateway?.Properties.PolicyDocument.Statement as { Action: string[]; Resource: string[] }[];
    expect(statements.map(({ Resource }) => Resource)).toEqual([
      ['arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*'],
      ['arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-central-1/*'],
    ]);
    expect(statements.flatMap(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:GetObject']);
  });

  it('logs accepted and rejected traffic in an encrypted log group that is retained', () => {
    const network = stacks.get('network');
    expect(only(network, 'AWS::EC2::FlowLog').Properties.TrafficType).toBe('ALL');
    const group = only(network, 'AWS::Logs::LogGroup');
    expect(group.DeletionPolicy).toBe('Retain');
    expect(group.Properties.KmsKeyId).toBeDefined();
    expect(only(network, 'AWS::KMS::Key').DeletionPolicy).toBe('Retain');
  });
});

describe('a zone of a cloud site', () => {
  it('has security groups without inline rules that allow traffic', () => {
    const groups = all('AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(3 * 3 + 2);
    for (const { Properties } of groups) {
      expect(Properties.SecurityGroupIngress).toBeUndefined();
      expect(Properties.SecurityGroupEgress.map((rule: { CidrIp: string }) => rule.CidrIp)).toEqual(['255.255.255.255/32']);
    }
  });

  it('tags its subnets and security groups with site, zone and role', () => {
    const tagged = [
      ...resources(stacks.get('zones-0'), 'AWS::EC2::Subnet'),
      ...resources(stacks.get('zones-0'), 'AWS::EC2::SecurityGroup'),
    ];
    for (const { Properties } of tagged) {
      const tags = new Map((Properties.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
      expect(tags.get('diptych:site')).toBe('cloud');
      expect(['orders', 'risk']).toContain(tags.get('diptych:zone'));
      expect(['balancer', 'tier', 'workload']).toContain(tags.get('diptych:role'));
    }
  });

  it('associates each of its subnets with exactly one network ACL', () => {
    const associated = all('AWS::EC2::SubnetNetworkAclAssociation').map(({ Properties }) => JSON.stringify(Properties.SubnetId));
    expect(new Set(associated).size).toBe(associated.length);
    expect(associated).toHaveLength(3 * 2 * 3);
    for (const { Properties } of all('AWS::EC2::NetworkAclEntry')) expect(Properties.RuleAction).toBe('allow');
  });

  it('opens its security groups for its flows, its tier and its backends, and for nothing else', () => {
    const nameOf = (reference: unknown): string => {
      if (typeof reference === 'string') return reference;
      const { 'Fn::ImportValue': imported, 'Fn::GetAtt': attribute } = reference as Record<string, string | [string]>;
      return imported === undefined ? String(attribute?.[0]) : String(imported).replace(/^cloud-zones-\d:|-group$/g, '');
    };
    const said = (direction: 'Ingress' | 'Egress') =>
      all(`AWS::EC2::SecurityGroup${direction}`).map(({ Properties }) => {
        const {
          GroupId,
          CidrIp,
          SourceSecurityGroupId,
          DestinationSecurityGroupId,
          DestinationPrefixListId,
          IpProtocol,
          FromPort,
          ToPort,
        } = Properties;
        expect(ToPort).toBe(FromPort);
        const peer = nameOf(CidrIp ?? SourceSecurityGroupId ?? DestinationSecurityGroupId ?? DestinationPrefixListId);
        return direction === 'Ingress'
          ? `${peer} -> ${nameOf(GroupId)} ${IpProtocol}/${FromPort}`
          : `${nameOf(GroupId)} -> ${peer} ${IpProtocol}/${FromPort}`;
      });
    const between = [
      'PlatformGroup -> EndpointGroup tcp/443',
      'batch:workload -> risk:balancer tcp/8443',
      'orders:balancer -> orders:tier tcp/443',
      'orders:balancer -> orders:tier tcp/8404',
      'orders:balancer -> orders:tier tcp/9443',
      'orders:tier -> orders:workload tcp/8080',
      'orders:tier -> orders:workload tcp/9500',
      'orders:workload -> risk:balancer tcp/8443',
      'risk:balancer -> risk:tier tcp/8404',
      'risk:balancer -> risk:tier tcp/8443',
      'risk:tier -> risk:workload tcp/8500',
      'risk:workload -> orders:balancer tcp/443',
    ];
    const inward = ['10.41.0.0/28 -> risk:balancer tcp/8443', '198.51.100.0/24 -> orders:balancer tcp/9443'];
    const outward = ['PlatformGroup -> pl-6ea54007 tcp/443', 'orders:workload -> 10.40.0.17/32 tcp/8443'];
    expect(said('Ingress').sort()).toEqual([...between, ...inward].sort());
    expect(said('Egress').sort()).toEqual([...between, ...outward].sort());
  });
});

describe('a cloud site with an existing VPC', () => {
  const id = (number: number): string => `subnet-${String(number).padStart(8, '0')}`;

  function inExistingVpc() {
    const estate = twoSites();
    const zones = ['a', 'b', 'c'].map((letter) => `eu-central-1${letter}`);
    const at = (first: number) => ({
      cloud: {
        subnets: Object.fromEntries(zones.map((zone, index) => [zone, { balancer: id(first + index), tier: id(first + 10 + index) }])),
      },
    });
    Object.assign(estate.sites.cloud, { vpc: { id: 'vpc-01234567', endpointSecurityGroup: 'sg-01234567' }, tags: { 'cost-centre': '42' } });
    for (const [index, zone] of Object.values(estate.zones).entries()) Object.assign(zone, { at: at(100 * index) });
    return planned(estate);
  }

  it('creates no network resources and uses the declared subnets', () => {
    const existing = cloudTemplates(inExistingVpc());
    for (const type of ['VPC', 'Subnet', 'RouteTable', 'VPCEndpoint', 'FlowLog']) {
      for (const template of existing.values()) template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    const balancer = only(existing.get('tiers-0'), 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'orders');
    expect(balancer.Properties.Subnets).toEqual([id(0), id(1), id(2)]);
    for (const { Properties } of resources(existing.get('zones-0'), 'AWS::EC2::SecurityGroup')) {
      expect(Properties.VpcId).toBe('vpc-01234567');
      expect(Properties.Tags).toContainEqual({ Key: 'cost-centre', Value: '42' });
    }
  });
});
