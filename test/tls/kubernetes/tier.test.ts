import { describe, expect, it } from 'vitest';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { tierPreconditions } from '../../../lib/tls/plan/preconditions';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import { onPremCores } from '../../../lib/tls/tier-site';
import { type Json, resourcesOf, synthesized } from '../../fixtures/terraform';
import { plannedTwoSites } from '../../fixtures/two-sites';

function site(plan: EstatePlan) {
  const stacks = synthesized(plan);
  const [core, extensions, tiers] = ['core', 'extensions', 'tiers'].map((part) => stacks[`frankfurt-${part}`]);
  return { core: resourcesOf(core), extensions: resourcesOf(extensions), tiers: resourcesOf(tiers), output: tiers.output };
}

/** Figures as they might be sized. */
const sized = { instances: 4, maxInstances: 5, minAvailable: 3, cpuCores: 2, pinnedCpus: false, memoryMebibytes: 600, drainSeconds: 300 };

/** The plan with these figures for the tier of zone `orders`. */
function withTier(changes: Partial<TierPlan>): EstatePlan {
  const plan = plannedTwoSites();
  for (const { tiers } of plan.sites) for (const tier of tiers) if (tier.zone === 'orders') Object.assign(tier, sized, changes);
  return plan;
}

const { core, tiers } = site(withTier({}));
const deployment = (from = tiers): Json => from.get('kubernetes_deployment_v1.orders_tier').spec;
const pod = (from = tiers): Json => deployment(from).template.spec;
const container = (from = tiers): Json => pod(from).container[0];

describe('a tier pod', () => {
  it('meets the Restricted level of the Pod Security Standards', () => {
    expect(pod().security_context).toMatchObject({ run_as_non_root: true, seccomp_profile: { type: 'RuntimeDefault' } });
    expect(container().security_context).toMatchObject({
      allow_privilege_escalation: false,
      read_only_root_filesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod().security_context.sysctl).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]);
  });

  it('has the QoS class Guaranteed, with requests equal to limits', () => {
    expect(container().resources.requests).toEqual(container().resources.limits);
    expect(container().resources.limits).toEqual({ cpu: '2', memory: '600Mi' });
  });

  it('runs one image by digest', () => {
    expect(container().image).toMatch(/^registry\.frankfurt\.example\.com\/diptych\/haproxy@sha256:[0-9a-f]{64}$/);
  });

  it('mounts each file of an endpoint by name, readable by its group only', () => {
    const volume = pod().volume.find(({ name }: Json) => name === 'fix-tls').projected[0];
    expect(volume.default_mode).toBe('0440');
    expect(volume.sources[0].secret[0].items.map(({ path }: Json) => path)).toContain('crl.pem');
    expect(container().volume_mount).toContainEqual({ name: 'fix-tls', mount_path: '/etc/diptych/tls/fix', read_only: true });
  });

  it('has a termination grace period longer than its grace and drain', () => {
    expect(pod().termination_grace_period_seconds).toBeGreaterThan(310);
    expect(container().lifecycle.pre_stop[0].exec.command.join(' ')).toContain('kill -USR1 1');
  });

  it('is spread over failure domains, and replaced in the others if one is lost', () => {
    expect(pod().topology_spread_constraint[0]).toMatchObject({
      topology_key: 'topology.kubernetes.io/zone',
      when_unsatisfiable: 'DoNotSchedule',
      node_taints_policy: 'Honor',
      match_label_keys: ['pod-template-hash'],
    });
  });
});

describe('the objects of an on-prem tier', () => {
  it('leave replicas to the autoscaler, between the planned and the maximum number of instances', () => {
    expect(deployment()).not.toHaveProperty('replicas');
    const { min_replicas, max_replicas } = tiers.get('kubernetes_horizontal_pod_autoscaler_v2.orders_autoscaler').spec;
    expect([min_replicas, max_replicas]).toEqual([4, 5]);
  });

  it('keep all instances available during a rolling update', () => {
    expect(deployment().strategy.rolling_update).toEqual({ max_unavailable: '0', max_surge: '1' });
  });

  it('disable scale-in if it would cut FIX sessions', () => {
    const policies = (from: Map<string, Json>) =>
      ['orders', 'risk'].map(
        (zone) => from.get(`kubernetes_horizontal_pod_autoscaler_v2.${zone}_autoscaler`).spec.behavior.scale_down[0].select_policy,
      );
    expect(policies(tiers)).toEqual(['Disabled', 'Min']);
  });

  it('have a quota for the largest fleet, its draining instances and one surge instance, without counting workloads', () => {
    const { hard, scope_selector } = core.get('kubernetes_resource_quota_v1.orders_tier-quota').spec;
    expect(hard).toEqual({ pods: '11', 'requests.cpu': '176', 'limits.cpu': '176' });
    expect(scope_selector.match_expression).toEqual([{ scope_name: 'PriorityClass', operator: 'In', values: ['two-sites-critical'] }]);
  });

  it('have a quota that holds a rolling update from the largest instances to the smallest', () => {
    const smaller = withTier({ cpuCores: 2, maxInstances: 3 });
    const quota = site(smaller).core.get('kubernetes_resource_quota_v1.orders_tier-quota').spec.hard;
    const running = { instances: 3, cores: Math.max(...onPremCores) };
    expect(Number(quota['requests.cpu'])).toBeGreaterThanOrEqual(running.instances * running.cores + 2);
    expect(Object.keys(quota).filter((name) => name.includes('memory'))).toEqual([]);
  });

  it('use a ServiceAccount without a token', () => {
    expect(core.get('kubernetes_service_account_v1.orders_service-account').automount_service_account_token).toBe(false);
    expect(pod()).toMatchObject({ service_account_name: 'tls-tier', automount_service_account_token: false });
  });

  it('rename the ConfigMap if its content changes, and delete the old one last', () => {
    const other = site(withTier({ maxConnections: 12_345 })).tiers;
    const [one, two] = [tiers, other].map((from) => from.get('kubernetes_config_map_v1.orders_configuration'));
    expect(one.metadata.name).not.toBe(two.metadata.name);
    expect(one).toMatchObject({ immutable: true, lifecycle: { create_before_destroy: true } });
    expect(other.get('kubernetes_config_map_v1.risk_configuration')).toEqual(tiers.get('kubernetes_config_map_v1.risk_configuration'));
  });
});

describe('the Service of an endpoint', () => {
  const service = (name: string): Json => tiers.get(`kubernetes_service_v1.${name}`);

  it('admits the clients of the flows, and pods of the cluster by their own addresses', () => {
    expect(service('orders_service_fix').spec.load_balancer_source_ranges).toEqual(['198.51.100.0/24']);
    expect(service('orders_service_status').spec.load_balancer_source_ranges).toEqual(['10.32.0.0/14']);
    expect(service('risk_service_checks').spec.load_balancer_source_ranges).toEqual(['10.32.0.0/14', '10.64.0.0/22']);
  });

  it('keeps client addresses and opens no node ports', () => {
    expect(service('orders_service_fix').spec).toMatchObject({
      external_traffic_policy: 'Local',
      allocate_load_balancer_node_ports: false,
    });
  });

  it('shares the one address of its zone', () => {
    const addresses = ['fix', 'status'].map((id) => service(`orders_service_${id}`).metadata.annotations);
    expect(addresses[0]).toEqual({ 'metallb.io/loadBalancerIPs': '10.40.0.1', 'metallb.io/allow-shared-ip': 'orders' });
    expect(addresses[1]).toEqual(addresses[0]);
  });

  it('does not exist if no flow permits a client, since without source ranges it would admit everyone', () => {
    const plan = plannedTwoSites();
    for (const { zones } of plan.sites) for (const zone of zones) zone.inbound = [];
    expect([...site(plan).tiers.keys()].filter((address) => address.startsWith('kubernetes_service_v1'))).toEqual([]);
  });
});

describe('an on-prem hardware tier', () => {
  const device = { resource: 'qat.intel.com/asym', count: 2, nodeLabel: 'intel.feature.node.kubernetes.io/qat' };
  const orders = plannedTwoSites().sites.flatMap(({ tiers }) => tiers.filter(({ zone }) => zone === 'orders'));
  const sizing = {
    ...orders[0]?.sizing,
    newSessionsPerSecond: 4_000,
    serviceMicroseconds: 400,
    softwareMicroseconds: 800,
  } as TierPlan['sizing'];
  const hardware = site(withTier({ acceleration: 'hardware', device, pinnedCpus: true, cpuCores: 3.5, sizing }));

  it('requests devices on nodes that have them', () => {
    expect(container(hardware.tiers).resources.limits).toMatchObject({ 'qat.intel.com/asym': '2' });
    expect(pod(hardware.tiers).node_selector).toEqual({ 'intel.feature.node.kubernetes.io/qat': 'true' });
  });

  it('tests the devices before it serves, in a container that is hardened like its own', () => {
    const [choice, ...others] = pod(hardware.tiers).init_container;
    const serving = container(hardware.tiers);
    expect(others).toEqual([]);
    for (const attribute of ['image', 'security_context', 'resources']) expect(choice[attribute]).toEqual(serving[attribute]);
    expect(choice.command.join(' ')).toContain('/bin/sh /etc/diptych/capacity/prove.sh');
    const { data } = hardware.tiers.get('kubernetes_config_map_v1.orders_configuration');
    expect(Object.keys(data).sort()).toEqual(['haproxy.cfg', 'hardware.cfg', 'proof.cfg', 'prove.sh', 'software.cfg']);
    expect(serving.command).toEqual(container().command);
    expect(pod()).not.toHaveProperty('init_container');
  });

  it('mounts the chosen configuration read-only', () => {
    const mounts = (from: Json) => from.volume_mount.filter(({ mount_path }: Json) => mount_path === '/etc/diptych/haproxy');
    expect(mounts(container(hardware.tiers))).toEqual([{ name: 'chosen', mount_path: '/etc/diptych/haproxy', read_only: true }]);
    expect(mounts(pod(hardware.tiers).init_container[0])).toEqual([{ name: 'chosen', mount_path: '/etc/diptych/haproxy' }]);
  });

  it('has a quota of devices that includes one surge instance', () => {
    const { hard } = hardware.core.get('kubernetes_resource_quota_v1.orders_device-quota').spec;
    expect(hard).toEqual({ 'requests.qat.intel.com/asym': '12' });
  });

  it('requests whole processors if they are pinned', () => {
    expect(container(hardware.tiers).resources.limits.cpu).toBe('4');
  });

  it('sets user and group, without which the container runtime does not give it devices', () => {
    expect(pod(hardware.tiers).security_context).toMatchObject({ run_as_user: '99', run_as_group: '99' });
  });

  it('has alerts for instances in software, unlike a software tier', () => {
    const { manifest } = hardware.extensions.get('kubernetes_manifest.orders_software-alert');
    expect(manifest).toMatchObject({ kind: 'PrometheusRule', metadata: { namespace: 'orders' } });
    expect(manifest.spec.groups[0].rules).toHaveLength(4);
    const unsized = site(withTier({ acceleration: 'hardware', device, sizing: undefined })).extensions;
    expect(unsized.get('kubernetes_manifest.orders_software-alert').manifest.spec.groups[0].rules).toHaveLength(2);
    expect([...site(withTier({})).extensions.keys()].filter((address) => address.includes('alert'))).toEqual([]);
  });

  it('has preconditions that Terraform prints, unlike a software tier', () => {
    expect(hardware.output.preconditions.value).toHaveLength(2);
    expect(tierPreconditions({ zone: 'risk' })).toEqual([]);
  });
});
