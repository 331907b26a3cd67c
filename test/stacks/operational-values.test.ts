import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloudTemplates, resources } from '../fixtures/cloud-templates';
import { type Json, resourcesOf, synthesized } from '../fixtures/terraform';
import { plannedTwoSites } from '../fixtures/two-sites';

/*
 * Values that decide how a site behaves while instances start, fail, drain and scale. Each has a reason to be what it is, so a change of
 * one is a decision, not an accident.
 */

const elb = (type: string): string => `AWS::ElasticLoadBalancingV2::${type}`;

let tiers: Template | undefined;
let onPrem: { core: Map<string, Json>; tiers: Map<string, Json> };

beforeAll(() => {
  const plan = plannedTwoSites();
  tiers = cloudTemplates(plan).get('tiers-0');
  const stacks = synthesized(plan);
  onPrem = { core: resourcesOf(stacks['frankfurt-core']), tiers: resourcesOf(stacks['frankfurt-tiers']) };
});

describe('the emitted cloud tier', () => {
  it('is taken out of service after two failed health checks five seconds apart, and back in after two good ones', () => {
    const groups = resources(tiers, elb('TargetGroup')).filter(({ Properties }) => Properties.TargetType === 'instance');
    expect(groups.length).toBeGreaterThan(0);
    for (const { Properties } of groups) {
      expect(Properties).toMatchObject({
        HealthCheckEnabled: true,
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 4,
        HealthCheckPath: '/healthz',
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' },
      });
    }
  });

  it('is replaced one instance at a time, with every instance confirmed before the next', () => {
    for (const { UpdatePolicy, CreationPolicy, Properties } of resources(tiers, 'AWS::AutoScaling::AutoScalingGroup')) {
      const { MinInstancesInService, ...rolling } = UpdatePolicy.AutoScalingRollingUpdate;
      expect(rolling).toEqual({
        MaxBatchSize: 1,
        MinSuccessfulInstancesPercent: 100,
        WaitOnResourceSignals: true,
        PauseTime: CreationPolicy.ResourceSignal.Timeout,
        SuspendProcesses: ['AZRebalance', 'AlarmNotification', 'HealthCheck', 'ReplaceUnhealthy', 'ScheduledActions'],
      });
      expect(String(MinInstancesInService)).toBe(Properties.MinSize);
      expect(String(CreationPolicy.ResourceSignal.Count)).toBe(Properties.MinSize);
      expect(Properties.HealthCheckType).toBe('ELB');
    }
  });

  it('boots from an encrypted volume and keeps instance metadata from containers', () => {
    for (const { Properties } of resources(tiers, 'AWS::EC2::LaunchTemplate')) {
      const { MetadataOptions, BlockDeviceMappings, Monitoring, NetworkInterfaces } = Properties.LaunchTemplateData;
      expect(MetadataOptions).toEqual({
        HttpEndpoint: 'enabled',
        HttpPutResponseHopLimit: 1,
        HttpTokens: 'required',
        InstanceMetadataTags: 'disabled',
      });
      expect(BlockDeviceMappings[0].Ebs).toEqual({ DeleteOnTermination: true, Encrypted: true, VolumeSize: 30, VolumeType: 'gp3' });
      expect(Monitoring).toEqual({ Enabled: true });
      expect(NetworkInterfaces[0]).toMatchObject({ AssociatePublicIpAddress: false, DeleteOnTermination: true, DeviceIndex: 0 });
    }
  });
});

describe('the emitted on-prem tier', () => {
  const all = (from: Map<string, Json>, type: string): Json[] =>
    [...from].filter(([address]) => address.startsWith(`${type}.`)).map(([, resource]) => resource);
  const container = (deployment: Json): Json => deployment.spec.template.spec.container[0];

  it('gets 60 seconds to start, leaves the Service within 4 seconds of a failure, and is restarted only after a minute', () => {
    const deployments = all(onPrem.tiers, 'kubernetes_deployment_v1');
    expect(deployments.length).toBeGreaterThan(0);
    for (const deployment of deployments) {
      const { startup_probe: startup, readiness_probe: readiness, liveness_probe: liveness } = container(deployment);
      expect(startup).toMatchObject({ period_seconds: 2, failure_threshold: 30, timeout_seconds: 1 });
      expect(readiness).toMatchObject({ period_seconds: 2, failure_threshold: 2, timeout_seconds: 1 });
      expect(liveness).toMatchObject({ period_seconds: 10, failure_threshold: 6, timeout_seconds: 5 });
      for (const probe of [startup, readiness, liveness]) expect(probe.http_get).toEqual({ path: '/healthz', port: '8404' });
    }
  });

  it('keeps three old revisions and no service account token or service variables', () => {
    for (const { spec } of all(onPrem.tiers, 'kubernetes_deployment_v1')) {
      expect(spec.revision_history_limit).toBe(3);
      expect(spec.template.spec).toMatchObject({ automount_service_account_token: false, enable_service_links: false });
    }
  });

  it('scales on 60 percent of CPU, and down by one pod a minute after ten quiet minutes at the most', () => {
    const autoscalers = all(onPrem.tiers, 'kubernetes_horizontal_pod_autoscaler_v2');
    expect(autoscalers.length).toBeGreaterThan(0);
    for (const { spec } of autoscalers) {
      expect(spec.metric).toEqual([
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', average_utilization: 60 } } },
      ]);
      expect(spec.behavior.scale_down[0]).toMatchObject({
        stabilization_window_seconds: 600,
        policy: [{ type: 'Pods', value: 1, period_seconds: 60 }],
      });
    }
  });

  it('is reached through the load balancer address only, with client addresses preserved', () => {
    for (const { spec, wait_for_load_balancer: waits } of all(onPrem.tiers, 'kubernetes_service_v1')) {
      expect(spec).toMatchObject({ type: 'LoadBalancer', allocate_load_balancer_node_ports: false, external_traffic_policy: 'Local' });
      expect(spec.load_balancer_source_ranges.length).toBeGreaterThan(0);
      expect(waits).toBe(false);
    }
    const exposure = all(onPrem.core, 'kubernetes_resource_quota_v1').filter(({ metadata }) => metadata.name === 'exposure');
    expect(exposure.length).toBeGreaterThan(0);
    for (const { spec } of exposure) expect(spec.hard['services.nodeports']).toBe('0');
  });
});
