import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudSite } from '../../../../lib/artifacts/site';
import type { Stack } from '../../../../lib/artifacts/stacks';
import type { Finding } from '../../../../lib/core/finding';
import { probeCloudSite } from '../../../../lib/deployment/probe/aws/probe-site';
import type { Template } from '../../../../lib/readback/cloudformation/template';
import { type CloudAnswer, type StandInCloud, standInCloud } from '../../../support/stand-in-cloud';

const site: CloudSite = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' };
const balancing = 'AWS::ElasticLoadBalancingV2';

let folder: string;
let cloud: StandInCloud | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-readers-'));
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
    vi.stubEnv(name, '');
});

afterEach(async () => {
  await cloud?.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  cloud = undefined;
});

type Answers = Readonly<Record<string, CloudAnswer | ((about: string) => CloudAnswer | undefined)>>;

/** Probes one stack whose resources were made under their own logical ids; what comes with `answers` is all that there is. */
async function probe(Resources: Template['Resources'], answers: Answers): Promise<Finding[]> {
  const file = join(folder, 'tiers.template.json');
  writeFileSync(file, JSON.stringify({ Resources }));
  const made = Object.entries(Resources).map(
    ([id, { Type }]) =>
      `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId><ResourceType>${Type}</ResourceType></member>`,
  );
  const all: Answers = { ListStackResources: `<StackResourceSummaries>${made.join('')}</StackResourceSummaries>`, ...answers };
  cloud = await standInCloud((action, about) => {
    const answer = all[action];
    return typeof answer === 'function' ? answer(about) : answer;
  });
  const stack: Stack = { name: 'tiers', site: site.id, half: 'cloud', after: [], file };
  return probeCloudSite(site, [stack], cloud.clients);
}

function verdicts(findings: readonly Finding[]): string[] {
  return findings.map(({ verdict, resource }) => `${verdict} ${resource}`).sort();
}

const denied = { error: 'AccessDeniedException' };

describe('a resource that cannot be read', () => {
  const key = { Type: 'AWS::KMS::Key', Properties: { Description: 'logs' } };
  const describeKey = (KeyId: string) => ({ KeyMetadata: { KeyId, Description: 'logs', Enabled: true, KeyState: 'Enabled' } });

  it('probeCloudSite reads the other resources if one of them cannot be read or was deleted', async () => {
    const DescribeKey = (id: string) => ({ refused: denied, gone: { error: 'NotFoundException' } })[id] ?? describeKey(id);
    const findings = await probe({ own: key, refused: key, gone: key }, { DescribeKey, ListKeys: { Keys: [{ KeyId: 'theirs' }] } });
    expect(verdicts(findings)).toEqual(['as-planned tiers/own', 'missing tiers/gone', 'unknown tiers/refused']);
    expect(findings.find(({ verdict }) => verdict === 'unknown')?.reason).toContain('AccessDenied');
  });

  it('probeCloudSite keeps the reason for which a single property of a key could not be read, and compares the others', async () => {
    const Properties = { Description: 'logs', EnableKeyRotation: true, Tags: [{ Key: 'a', Value: 'b' }] };
    const answers = { DescribeKey: describeKey, GetKeyRotationStatus: denied, ListResourceTags: denied };
    const [found] = await probe({ own: { Type: 'AWS::KMS::Key', Properties } }, answers);
    expect(found).toMatchObject({ verdict: 'unknown', unknown: ['EnableKeyRotation', 'Tags'] });
    expect(found?.reason).toBe('EnableKeyRotation: AccessDeniedException: refused; Tags: AccessDeniedException: refused');
  });

  it.each([
    [
      'AWS::Logs::LogGroup',
      'ListTagsForResource',
      { DescribeLogGroups: { logGroups: [{ logGroupName: 'own', arn: 'arn:own' }] } },
      { Tags: [{ Key: 'a', Value: 'b' }] },
    ],
    [
      'AWS::CloudWatch::Alarm',
      'ListTagsForResource',
      { DescribeAlarms: { MetricAlarms: [{ AlarmName: 'own', AlarmArn: 'arn:own', ActionsEnabled: true }] } },
      { Tags: [{ Key: 'a', Value: 'b' }] },
    ],
  ])('probeCloudSite keeps the reason for which the tags of %s could not be read', async (Type, action, answers, Properties) => {
    const [found] = await probe({ own: { Type, Properties } }, { ...answers, [action]: denied });
    expect(found).toMatchObject({ verdict: 'unknown', reason: expect.stringContaining('Tags: AccessDeniedException: refused') });
  });

  it('probeCloudSite does not read the details of resources that no stack created', async () => {
    const member = '<member><RoleName>theirs</RoleName><Path>/</Path></member>';
    const GetRole = '<Role><RoleName>own</RoleName><Path>/</Path><MaxSessionDuration>3600</MaxSessionDuration></Role>';
    const findings = await probe({ own: { Type: 'AWS::IAM::Role' } }, { ListRoles: `<Roles>${member}</Roles>`, GetRole });
    expect(verdicts(findings)).toEqual(['as-planned tiers/own']);
    expect(cloud?.asked.filter((question) => question.endsWith('theirs'))).toEqual([]);
  });

  it('probeCloudSite reports no rule as foreign if the security group of a declared rule cannot be resolved', async () => {
    const rule = '<item><securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>group</groupId><isEgress>false</isEgress></item>';
    const Properties = { GroupId: { 'Fn::ImportValue': 'dublin-zones:group' }, IpProtocol: 'tcp' };
    const Resources = { group: { Type: 'AWS::EC2::SecurityGroup' }, rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties } };
    const DescribeSecurityGroups = '<securityGroupInfo><item><groupId>group</groupId><groupName>own</groupName></item></securityGroupInfo>';
    const DescribeSecurityGroupRules = `<securityGroupRuleSet>${rule}</securityGroupRuleSet>`;
    const answers = { DescribeSecurityGroups, DescribeSecurityGroupRules };
    const refused = await probe(Resources, { ...answers, ListExports: denied });
    expect(verdicts(refused)).toEqual(['as-planned tiers/group', 'unknown tiers/rule']);
    expect(refused.find(({ verdict }) => verdict === 'unknown')?.reason).toContain('AccessDenied');
    await cloud?.stop();
    const foreign = await probe(Resources, answers);
    expect(verdicts(foreign)).toContain('foreign sgr-1 in tiers/group');
  });

  it('probeCloudSite reports resources as unknown if the values they refer to cannot be read', async () => {
    const Description = '{{resolve:ssm:/firm/text}}';
    const Resources = { own: key, other: { ...key, Properties: { Description } } };
    const answers = { DescribeKey: describeKey, GetParameters: denied };
    expect(verdicts(await probe(Resources, answers))).toEqual(['as-planned tiers/own', 'unknown tiers/other']);
    await cloud?.stop();
    expect(verdicts(await probe(Resources, { ...answers, ListStackResources: denied }))).toEqual([
      'unknown tiers/other',
      'unknown tiers/own',
    ]);
  });
});

describe('a TLS listener', () => {
  const Certificates = [{ CertificateArn: 'own-certificate' }];
  const balancer = { Type: `${balancing}::LoadBalancer` };
  const listener = { Type: `${balancing}::Listener`, Properties: { SslPolicy: 'strict', Certificates } };
  const certificate = (arn: string) => `<member><CertificateArn>${arn}</CertificateArn></member>`;
  const live = `<ListenerArn>listener</ListenerArn><LoadBalancerArn>balancer</LoadBalancerArn><SslPolicy>strict</SslPolicy>`;
  const DescribeListeners = `<Listeners><member>${live}<Certificates>${certificate('own-certificate')}</Certificates></member></Listeners>`;

  async function differences(...arns: readonly string[]) {
    const DescribeListenerCertificates = `<Certificates>${arns.map(certificate).join('')}</Certificates>`;
    const findings = await probe({ balancer, listener }, { DescribeListeners, DescribeListenerCertificates });
    return findings.find(({ resource }) => resource === 'tiers/listener')?.differences;
  }

  it('probeCloudSite reports an added certificate of a listener', async () => {
    expect(await differences('own-certificate')).toEqual([]);
    await cloud?.stop();
    expect(await differences('own-certificate', 'theirs')).toEqual([
      { attribute: 'Certificates', from: undefined, to: [{ CertificateArn: 'theirs' }] },
    ]);
  });
});

describe('targets and network interfaces', () => {
  const fleet = { Type: 'AWS::AutoScaling::AutoScalingGroup' };
  const instances = '<Instances><member><InstanceId>i-own</InstanceId></member></Instances>';
  const DescribeAutoScalingGroups = `<AutoScalingGroups><member><AutoScalingGroupName>fleet</AutoScalingGroupName>${instances}</member></AutoScalingGroups>`;

  it('probeCloudSite reports a target that was registered by hand', async () => {
    const target = (id: string, state = 'healthy') =>
      `<member><Target><Id>${id}</Id><Port>9443</Port></Target><TargetHealth><State>${state}</State></TargetHealth></member>`;
    const stated = { Type: `${balancing}::TargetGroup`, Properties: { Targets: [{ Id: '10.0.0.1' }, { Id: '10.0.0.2' }] } };
    const lists: Readonly<Record<string, string>> = {
      joined: target('i-own') + target('i-theirs') + target('i-leaving', 'draining'),
      stated: target('10.0.0.1') + target('10.0.0.9'),
    };
    const DescribeTargetHealth = (group: string) => `<TargetHealthDescriptions>${lists[group]}</TargetHealthDescriptions>`;
    const Resources = { fleet, joined: { Type: `${balancing}::TargetGroup` }, stated };
    const found = verdicts(await probe(Resources, { DescribeAutoScalingGroups, DescribeTargetHealth }));
    expect(found.filter((finding) => /:9443|Targets/.test(finding))).toEqual([
      'as-planned tiers/stated.Targets[0]',
      'foreign 10.0.0.9:9443 in tiers/stated',
      'foreign i-theirs:9443 in tiers/joined',
      'missing tiers/stated.Targets[1]',
    ]);
  });

  it('probeCloudSite reports a network interface with a security group of the site other than a workload group', async () => {
    const group = { Type: 'AWS::EC2::SecurityGroup' };
    const role = (value: string) => `<tagSet><item><key>diptych:role</key><value>${value}</value></item></tagSet>`;
    const groups = `<item><groupId>tier</groupId>${role('tier')}</item><item><groupId>workload</groupId>${role('workload')}</item>`;
    const face = (id: string, of: string, more: string) =>
      `<item><networkInterfaceId>${id}</networkInterfaceId><vpcId>network</vpcId><groupSet><item><groupId>${of}</groupId></item></groupSet>${more}</item>`;
    const on = (instance: string) =>
      `<interfaceType>interface</interfaceType><attachment><instanceId>${instance}</instanceId></attachment>`;
    const faces = [
      face('eni-own', 'tier', on('i-own')),
      face('eni-theirs', 'tier', on('i-theirs')),
      face('eni-idle', 'tier', '<interfaceType>interface</interfaceType>'),
      face('eni-balancer', 'tier', '<interfaceType>network_load_balancer</interfaceType>'),
      face('eni-workload', 'workload', on('i-workload')),
    ];
    const answers = {
      DescribeAutoScalingGroups,
      DescribeSecurityGroups: `<securityGroupInfo>${groups}</securityGroupInfo>`,
      DescribeNetworkInterfaces: `<networkInterfaceSet>${faces.join('')}</networkInterfaceSet>`,
    };
    const found = verdicts(await probe({ network: { Type: 'AWS::EC2::VPC' }, fleet, tier: group, workload: group }, answers));
    expect(found.filter((finding) => finding.startsWith('foreign'))).toEqual([
      'foreign eni-idle in tiers/tier',
      'foreign eni-theirs in tiers/tier',
    ]);
  });

  it('probeCloudSite reports such a network interface in an existing VPC as well', async () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/own/50dc6c495c0c9188';
    const face = (id: string, type: string, more = '') =>
      `<item><networkInterfaceId>${id}</networkInterfaceId><vpcId>vpc-firm</vpcId><groupSet><item><groupId>tier</groupId></item></groupSet><interfaceType>${type}</interfaceType>${more}</item>`;
    const balancer = (name: string) => `<description>ELB net/${name}/50dc6c495c0c9188</description>`;
    const faces = [
      face('eni-own', 'interface', '<attachment><instanceId>i-own</instanceId></attachment>'),
      face('eni-theirs', 'interface', '<attachment><instanceId>i-theirs</instanceId></attachment>'),
      face('eni-balancer', 'network_load_balancer', balancer('own')),
      face('eni-others', 'network_load_balancer', balancer('others')),
    ];
    const answers = {
      DescribeAutoScalingGroups,
      DescribeSecurityGroups: '<securityGroupInfo><item><groupId>tier</groupId></item></securityGroupInfo>',
      DescribeNetworkInterfaces: `<networkInterfaceSet>${faces.join('')}</networkInterfaceSet>`,
    };
    const Resources = { fleet, tier: { Type: 'AWS::EC2::SecurityGroup' }, [arn]: { Type: `${balancing}::LoadBalancer` } };
    const found = verdicts(await probe(Resources, answers));
    expect(found.filter((finding) => finding.startsWith('foreign'))).toEqual([
      'foreign eni-others in tiers/tier',
      'foreign eni-theirs in tiers/tier',
    ]);
  });

  it('probeCloudSite reports foreign network interfaces as unknown if they cannot be listed', async () => {
    const DescribeSecurityGroups = '<securityGroupInfo><item><groupId>tier</groupId></item></securityGroupInfo>';
    const answers = { DescribeSecurityGroups, DescribeNetworkInterfaces: { error: 'UnauthorizedOperation' } };
    const findings = await probe({ tier: { Type: 'AWS::EC2::SecurityGroup' } }, answers);
    expect(verdicts(findings)).toContain('unknown every other AWS::EC2::NetworkInterface');
  });
});

describe('an attachment of a virtual private gateway', () => {
  const network = { Type: 'AWS::EC2::VPC' };
  const attachment = { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: { Ref: 'network' }, VpnGatewayId: 'vgw-1' } };
  const attached = (vpc: string, state: string) => `<item><vpcId>${vpc}</vpcId><state>${state}</state></item>`;
  const gateway = (id: string, ...attachments: readonly string[]) =>
    `<item><vpnGatewayId>${id}</vpnGatewayId><attachments>${attachments.join('')}</attachments></item>`;

  async function found(...gateways: readonly string[]): Promise<string[]> {
    const DescribeVpnGateways = `<vpnGatewaySet>${gateways.join('')}</vpnGatewaySet>`;
    const findings = await probe({ network, attachment }, { DescribeVpnGateways });
    return verdicts(findings.filter(({ type }) => type === attachment.Type));
  }

  it('is as planned while it is attached or about to be', async () => {
    expect(await found(gateway('vgw-1', attached('network', 'attached')))).toEqual(['as-planned tiers/attachment']);
    await cloud?.stop();
    expect(await found(gateway('vgw-1', attached('network', 'attaching')))).toEqual(['as-planned tiers/attachment']);
  });

  it('is missing once it is detached or attached to another VPC', async () => {
    expect(await found(gateway('vgw-1', attached('network', 'detached')))).toEqual(['missing tiers/attachment']);
    await cloud?.stop();
    expect(await found(gateway('vgw-1', attached('another', 'attached')))).toEqual(['missing tiers/attachment']);
  });

  it('is foreign if another gateway is attached to the VPC', async () => {
    const live = [gateway('vgw-1', attached('network', 'attached')), gateway('vgw-2', attached('network', 'attached'))];
    expect(await found(...live)).toEqual(['as-planned tiers/attachment', 'foreign network|vgw-2 in tiers/network']);
  });
});

describe('an association with a Direct Connect gateway', () => {
  const Properties = {
    DirectConnectGatewayId: 'dx-1',
    AssociatedGatewayId: 'vgw-1',
    AllowedPrefixesToDirectConnectGateway: ['10.16.0.0/16', '10.17.0.0/16'],
  };
  const association = { Type: 'AWS::DirectConnect::DirectConnectGatewayAssociation', Properties };
  const live = (gateway: string, state: string, ...cidrs: readonly string[]) => ({
    directConnectGatewayAssociations: [
      {
        associationId: 'association',
        associationState: state,
        directConnectGatewayId: 'dx-1',
        associatedGateway: { id: gateway, type: 'virtualPrivateGateway' },
        allowedPrefixesToDirectConnectGateway: cidrs.map((cidr) => ({ cidr })),
      },
    ],
  });

  async function found(answer: CloudAnswer): Promise<Finding | undefined> {
    const findings = await probe({ association }, { DescribeDirectConnectGatewayAssociations: answer });
    return findings.find(({ resource }) => resource === 'tiers/association');
  }

  it('is as planned, and is asked for by its own id', async () => {
    expect(await found(live('vgw-1', 'associated', '10.16.0.0/16', '10.17.0.0/16'))).toMatchObject({ verdict: 'as-planned' });
    expect(cloud?.asked).toContain('DescribeDirectConnectGatewayAssociations association');
  });

  it('has drifted if it announces other blocks or belongs to another gateway', async () => {
    expect(await found(live('vgw-2', 'associated', '10.16.0.0/16'))).toMatchObject({
      verdict: 'drifted',
      differences: [{ attribute: 'AssociatedGatewayId' }, { attribute: 'AllowedPrefixesToDirectConnectGateway' }],
    });
  });

  it('is missing once it is dissolved, and unknown if it may not be read', async () => {
    expect(await found(live('vgw-1', 'disassociated'))).toMatchObject({ verdict: 'missing' });
    await cloud?.stop();
    expect(await found(denied)).toMatchObject({ verdict: 'unknown', reason: expect.stringContaining('AccessDenied') });
  });
});

describe('routes', () => {
  const table = { Type: 'AWS::EC2::RouteTable' };
  const Properties = { RouteTableId: { Ref: 'table' }, DestinationCidrBlock: '10.112.0.0/22', TransitGatewayId: 'tgw-1' };
  const Resources = { table, route: { Type: 'AWS::EC2::Route', Properties }, storage: { Type: 'AWS::EC2::VPCEndpoint' } };
  const via = (destination: string, gateway: string, origin = 'CreateRoute') =>
    `<item>${destination}<gatewayId>${gateway}</gatewayId><origin>${origin}</origin></item>`;
  const block = (cidr: string) => `<destinationCidrBlock>${cidr}</destinationCidrBlock>`;
  const list = '<destinationPrefixListId>pl-storage</destinationPrefixListId>';
  const stated = `<item>${block('10.112.0.0/22')}<transitGatewayId>tgw-1</transitGatewayId><origin>CreateRoute</origin></item>`;
  const own = [via(block('10.16.0.0/16'), 'local', 'CreateRouteTable'), stated, via(list, 'storage')];

  async function found(routes: readonly string[], propagating = '', stacks: Template['Resources'] = Resources): Promise<Finding[]> {
    const about = `<routeTableId>table</routeTableId><propagatingVgwSet>${propagating}</propagatingVgwSet>`;
    const DescribeRouteTables = `<routeTableSet><item>${about}<routeSet>${routes.join('')}</routeSet></item></routeTableSet>`;
    const DescribeVpcEndpoints = '<vpcEndpointSet><item><vpcEndpointId>storage</vpcEndpointId></item></vpcEndpointSet>';
    const findings = await probe(stacks, { DescribeRouteTables, DescribeVpcEndpoints });
    return findings.filter(({ type }) => /Route/.test(type));
  }

  it('probeCloudSite ignores the local route and the routes of its own gateway endpoints', async () => {
    expect(verdicts(await found(own))).toEqual(['as-planned tiers/route', 'as-planned tiers/table']);
  });

  it.each([
    ['all traffic to a foreign endpoint', via(block('0.0.0.0/0'), 'vpce-others'), 'table|0.0.0.0/0'],
    ['all traffic to its own endpoint', via(block('0.0.0.0/0'), 'storage'), 'table|0.0.0.0/0'],
    ['a prefix list to a foreign endpoint', via(list.replace('pl-', 'pl-other-'), 'vpce-others'), 'table|pl-other-storage'],
  ])('probeCloudSite reports a route for %s as foreign', async (_what, route, id) => {
    expect(verdicts(await found([...own, route]))).toContain(`foreign ${id} in tiers/table`);
  });

  it('probeCloudSite reports an internet route as foreign in a site whose route table declares no routes', async () => {
    const isolated = { table: Resources.table, storage: Resources.storage };
    const findings = await found([via(list, 'storage'), via(block('0.0.0.0/0'), 'igw-1')], '', isolated);
    expect(verdicts(findings)).toEqual(['as-planned tiers/table', 'foreign table|0.0.0.0/0 in tiers/table']);
  });

  it('probeCloudSite identifies an IPv6 route by its destination', async () => {
    const six = (cidr: string, target: string) => `<item><destinationIpv6CidrBlock>${cidr}</destinationIpv6CidrBlock>${target}</item>`;
    const egress = six('::/0', '<egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId>');
    const peering = six('2001:db8::/32', '<vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId>');
    const foreign = (await found([...own, egress, peering])).filter(({ verdict }) => verdict === 'foreign');
    expect(verdicts(foreign)).toEqual(['foreign table|2001:db8::/32 in tiers/table', 'foreign table|::/0 in tiers/table']);
    expect(foreign.flatMap(({ differences }) => differences.map(({ to }) => to))).toEqual(expect.arrayContaining(['eigw-1', 'pcx-1']));
  });

  it('probeCloudSite reports route propagation as drift of the route table', async () => {
    const propagated = via(block('198.18.0.0/15'), 'vgw-1', 'EnableVgwRoutePropagation');
    const findings = await found([...own, propagated], '<item><gatewayId>vgw-1</gatewayId></item>');
    expect(verdicts(findings)).toEqual(['as-planned tiers/route', 'drifted tiers/table']);
    expect(findings.flatMap(({ differences }) => differences)).toEqual([{ attribute: 'PropagatingVgws', from: undefined, to: ['vgw-1'] }]);
  });
});
