import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CloudSitePlan, EstatePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import { cloudTemplates, only, resources } from '../../fixtures/cloud-templates';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

const balancing = (type: string): string => `AWS::ElasticLoadBalancingV2::${type}`;

function attribute(attributes: readonly { Key: string; Value: string }[], key: string): string | undefined {
  return attributes.find(({ Key }) => Key === key)?.Value;
}

let plan: EstatePlan;
let tiers: Template | undefined;

beforeAll(() => {
  plan = plannedTwoSites();
  tiers = cloudTemplates(plan).get('tiers-0');
});

function tierOf(zone: string) {
  const site = plan.sites.find(({ kind }) => kind === 'cloud') as CloudSitePlan;
  const tier = site.tiers.find((candidate) => candidate.zone === zone);
  if (!tier) throw new Error(`zone ${zone} has no tier`);
  return tier;
}

describe('the load balancer of a cloud tier', () => {
  it('is internal, has a security group, and has deletion protection if its zone is critical', () => {
    const { Properties } = only(tiers, balancing('LoadBalancer'), 'orders');
    expect(Properties).toMatchObject({ Scheme: 'internal', Type: 'network' });
    expect(Properties.SecurityGroups).toHaveLength(1);
    expect(attribute(Properties.LoadBalancerAttributes, 'deletion_protection.enabled')).toBe('true');
    expect(attribute(Properties.LoadBalancerAttributes, 'load_balancing.cross_zone.enabled')).toBe('true');
    const estate = twoSites();
    estate.zones.orders.criticality = 'standard';
    const unprotected = only(cloudTemplates(planned(estate)).get('tiers-0'), balancing('LoadBalancer'), 'orders');
    expect(attribute(unprotected.Properties.LoadBalancerAttributes, 'deletion_protection.enabled')).toBe('false');
  });

  it('passes TLS through, keeps client addresses, and never cuts long sessions', () => {
    for (const { Properties } of resources(tiers, balancing('Listener'))) {
      expect(Properties.Protocol).toBe('TCP');
      expect(Properties.Certificates).toBeUndefined();
    }
    for (const { Properties } of resources(tiers, balancing('TargetGroup'))) {
      expect(Properties.Name).toBeUndefined();
      expect(Properties).toMatchObject({ HealthCheckPort: '8404', HealthCheckProtocol: 'HTTP', TargetType: 'instance' });
      expect(attribute(Properties.TargetGroupAttributes, 'preserve_client_ip.enabled')).toBe('true');
      expect(attribute(Properties.TargetGroupAttributes, 'target_health_state.unhealthy.connection_termination.enabled')).toBe('false');
      expect(attribute(Properties.TargetGroupAttributes, 'deregistration_delay.connection_termination.enabled')).toBe('false');
    }
  });
});

describe('the Auto Scaling group of a cloud tier', () => {
  it('has a minimum and a maximum size, and no desired capacity that a deployment would reset', () => {
    const { Properties } = only(tiers, 'AWS::AutoScaling::AutoScalingGroup', 'orders');
    expect(Properties.DesiredCapacity).toBeUndefined();
    expect(Properties).toMatchObject({
      MinSize: String(tierOf('orders').instances),
      MaxSize: String(tierOf('orders').maxInstances),
      HealthCheckType: 'ELB',
      NewInstancesProtectedFromScaleIn: true,
    });
    expect(only(tiers, 'AWS::AutoScaling::AutoScalingGroup', 'risk').Properties.NewInstancesProtectedFromScaleIn).toBe(false);
  });

  it('keeps the planned number of instances during a rolling update, and waits for a signal of each new one', () => {
    const { CreationPolicy, UpdatePolicy } = only(tiers, 'AWS::AutoScaling::AutoScalingGroup', 'orders');
    expect(CreationPolicy.ResourceSignal.Count).toBe(tierOf('orders').instances);
    expect(UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({
      MinInstancesInService: tierOf('orders').instances,
      WaitOnResourceSignals: true,
      MinSuccessfulInstancesPercent: 100,
    });
  });

  it('starts instances that require IMDSv2 with one hop and encrypt their volumes', () => {
    const { LaunchTemplateData } = only(tiers, 'AWS::EC2::LaunchTemplate', 'risk').Properties;
    expect(LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(LaunchTemplateData.BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3' } },
    ]);
    expect(LaunchTemplateData.ImageId).toBe('{{resolve:ssm:/diptych/machine-image}}');
    expect(LaunchTemplateData.KeyName).toBeUndefined();
    expect(LaunchTemplateData.SecurityGroupIds).toBeUndefined();
  });

  it('starts instances whose connection tracking outlasts the idle timeout of every endpoint', () => {
    const estate = twoSites();
    Object.assign(estate.zones.orders.endpoints.fix, { idleTimeoutSeconds: 3_600 });
    const { LaunchTemplateData } = only(cloudTemplates(planned(estate)).get('tiers-0'), 'AWS::EC2::LaunchTemplate', 'orders').Properties;
    const [own, ...others] = LaunchTemplateData.NetworkInterfaces;
    expect(others).toEqual([]);
    expect(own.Groups).toHaveLength(2);
    expect(own).toMatchObject({ DeviceIndex: 0, ConnectionTrackingSpecification: { TcpEstablishedTimeout: 3_660 } });
    expect(own.SubnetId).toBeUndefined();
  });

  it('starts instances that signal failure before CloudFormation stops waiting', () => {
    const { CreationPolicy } = only(tiers, 'AWS::AutoScaling::AutoScalingGroup', 'risk');
    const { UserData } = only(tiers, 'AWS::EC2::LaunchTemplate', 'risk').Properties.LaunchTemplateData;
    const deadlineSeconds = Number(/date --date=.*? \+%s\) \+ (\d+)/.exec(JSON.stringify(UserData))?.[1]);
    const [, minutes] = /^PT(\d+)M$/.exec(CreationPolicy.ResourceSignal.Timeout) ?? [];
    expect(deadlineSeconds).toBeLessThan(60 * Number(minutes));
    expect(deadlineSeconds).toBeGreaterThan(0.8 * 60 * Number(minutes));
  });

  it('starts instances that may read their two files and their image, without wildcards', () => {
    const { Policies, PermissionsBoundary } = only(tiers, 'AWS::IAM::Role', 'risk').Properties;
    expect(PermissionsBoundary).toBeUndefined();
    const statements = Policies[0].PolicyDocument.Statement as { Sid: string; Action: string[]; Resource: string[] }[];
    for (const { Action, Resource, Sid } of statements) {
      expect(Action.join()).not.toContain('*');
      if (Sid !== 'RegistryLogin') expect(Resource).not.toContain('*');
    }
    const files = statements.find(({ Sid }) => Sid === 'Configuration');
    expect(files?.Resource).toHaveLength(2);
    for (const file of files?.Resource ?? [])
      expect(file).toMatch(/^arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-central-1\/[0-9a-f]{64}\.cfg$/);
  });

  it('receives the signals of its own instances', () => {
    const groups = Object.keys(tiers?.findResources('AWS::AutoScaling::AutoScalingGroup') ?? {});
    const scripts = resources(tiers, 'AWS::EC2::LaunchTemplate').map(({ Properties }) =>
      JSON.stringify(Properties.LaunchTemplateData.UserData),
    );
    const signalled = scripts.map((script) => /--logical-resource-id (\w+)/.exec(script)?.[1]);
    expect(signalled.sort()).toEqual(groups.sort());
    for (const script of scripts) expect(script).not.toContain('{{log-group}}');
  });
});

describe('a hardware tier in the cloud', () => {
  const accelerated = () => {
    const accelerate = (tier: TierPlan): TierPlan => ({ ...tier, acceleration: 'hardware', instanceType: 'c7i.metal-24xl' });
    const sites = plan.sites.map((site) => (site.kind === 'cloud' ? { ...site, tiers: site.tiers.map(accelerate) } : site));
    return cloudTemplates({ ...plan, haproxy: { ...plan.haproxy, features: ['engine'] }, sites }).get('tiers-0');
  };

  it('raises an alarm if an instance runs in software or sends no metric', () => {
    const template = accelerated();
    expect(only(template, 'AWS::CloudWatch::Alarm', 'risk').Properties).toMatchObject({
      MetricName: 'HardwareTierInSoftware',
      TreatMissingData: 'breaching',
      Dimensions: [
        { Name: 'Site', Value: 'cloud' },
        { Name: 'Zone', Value: 'risk' },
      ],
    });
    expect(resources(tiers, 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  it('runs on bare metal, has time to boot, and may write only its own metric', () => {
    const template = accelerated();
    expect(only(template, 'AWS::EC2::LaunchTemplate', 'risk').Properties.LaunchTemplateData.InstanceType).toBe('c7i.metal-24xl');
    expect(only(template, 'AWS::AutoScaling::AutoScalingGroup', 'risk').CreationPolicy.ResourceSignal.Timeout).toBe('PT60M');
    const [{ PolicyDocument }] = only(template, 'AWS::IAM::Role', 'risk').Properties.Policies;
    expect(PolicyDocument.Statement).toContainEqual({
      Sid: 'Metrics',
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData'],
      Resource: ['*'],
      Condition: { StringEquals: { 'cloudwatch:namespace': 'Diptych' } },
    });
  });
});

describe('the roles, bucket and tags of a cloud tier', () => {
  it('follow the declaration of the site', () => {
    const estate = twoSites();
    Object.assign(estate.sites.cloud, { permissionsBoundary: 'firm-boundary', bootstrapQualifier: 'firm', tags: { owner: 'platform' } });
    for (const template of cloudTemplates(planned(estate)).values()) {
      for (const { Properties } of resources(template, 'AWS::IAM::Role')) {
        expect(Properties.PermissionsBoundary).toBe('arn:aws:iam::111122223333:policy/firm-boundary');
        expect(JSON.stringify(Properties)).not.toContain('cdk-hnb659fds');
        expect(Properties.Tags).toContainEqual({ Key: 'owner', Value: 'platform' });
      }
    }
  });
});

describe('a managed endpoint', () => {
  function withManagedStatus() {
    const estate = twoSites();
    const certificate = 'arn:aws:acm:eu-central-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef';
    Object.assign(estate.zones.orders.endpoints.status, { managed: { certificates: { cloud: certificate } } });
    return planned(estate);
  }

  it('has a TLS listener with a certificate and an explicit security policy that forwards to the servers', () => {
    const template = cloudTemplates(withManagedStatus()).get('tiers-0');
    const [listener] = resources(template, balancing('Listener')).filter(({ Properties }) => Properties.Protocol === 'TLS');
    expect(listener?.Properties.SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-2021-06');
    expect(listener?.Properties.Certificates).toHaveLength(1);
    expect(listener?.Properties.AlpnPolicy).toEqual(['HTTP1Only']);
    const [servers] = resources(template, balancing('TargetGroup')).filter(({ Properties }) => Properties.TargetType === 'ip');
    expect(servers?.Properties).toMatchObject({
      Protocol: 'TCP',
      Targets: [
        { Id: '10.64.3.11', Port: 8080 },
        { Id: '10.64.3.111', Port: 8080 },
      ],
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'TCP',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    });
    const attributes = Object.fromEntries(
      servers?.Properties.TargetGroupAttributes.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]),
    );
    expect(attributes).toMatchObject({ 'preserve_client_ip.enabled': 'false', 'proxy_protocol_v2.enabled': 'false' });
  });

  it('leaves the other endpoints to the tier', () => {
    const template = cloudTemplates(withManagedStatus()).get('tiers-0');
    const group = only(template, 'AWS::AutoScaling::AutoScalingGroup', 'orders');
    expect(group.Properties.TargetGroupARNs).toHaveLength(1);
  });
});
