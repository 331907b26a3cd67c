import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnPremSitePlan } from '../../../lib/estate/plan-schema';
import type { Cluster } from '../harness/cluster';
import { eventually } from '../harness/eventually';
import { exampleFile, writeVariant } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { watch } from '../harness/watch';
import { applySite, siteManifests } from './applied-site';
import { fillDevices } from './fill';
import { startSiteCluster } from './site-cluster';
import { failureDomains, LiveTier, nodesWith } from './tiers';

const scratch = scratchFolder('tiers');

let site: OnPremSitePlan;
let cluster: Cluster;

beforeAll(async () => {
  const written = await siteManifests(exampleFile, scratch.folder);
  site = written.site;
  cluster = await startSiteCluster(site);
  await applySite(cluster, written.stacks);
});

afterAll(async () => {
  await cluster?.stop();
  scratch.remove();
});

describe('the tiers of the on-prem site', () => {
  test('all tiers roll out', async () => {
    for (const { zone, instances } of site.tiers) {
      const tier = new LiveTier(cluster.kubectl, zone);
      await tier.rolledOut();
      // An autoscaled Deployment starts with one instance.
      await eventually(60, async () => expect(await tier.running(), zone).toHaveLength(instances));
    }
  });

  test('accelerated tiers run on nodes with devices, and other tiers on nodes without', async () => {
    const hardware = new Set(await nodesWith(cluster.kubectl, `${site.hardware?.nodeLabel}=true`));
    const accelerated = site.tiers.filter(({ acceleration }) => acceleration === 'hardware');
    expect(accelerated.length).toBeGreaterThan(0);
    for (const { zone, acceleration } of site.tiers) {
      const pods = await new LiveTier(cluster.kubectl, zone).pods();
      for (const { spec } of pods)
        expect(hardware.has(spec.nodeName ?? ''), `${zone} on ${spec.nodeName}`).toBe(acceleration === 'hardware');
    }
  });

  test('a tier is spread evenly over the failure domains', async () => {
    const domains = await failureDomains(cluster.kubectl, site);
    for (const { zone } of site.tiers) {
      const spread = await new LiveTier(cluster.kubectl, zone).spread(domains);
      const counts = site.failureDomains.names.map((name) => spread[name] ?? 0);
      expect(Math.max(...counts) - Math.min(...counts), `${zone}: ${JSON.stringify(spread)}`).toBeLessThanOrEqual(1);
    }
  });

  test('a tier moves off a cordoned failure domain, and returns to it', async () => {
    const [domain = '', other = ''] = site.failureDomains.names;
    const [{ zone } = { zone: '' }] = site.tiers.filter(({ acceleration }) => acceleration === 'software');
    const tier = new LiveTier(cluster.kubectl, zone);
    const domains = await failureDomains(cluster.kubectl, site);
    const selector = `--selector=${site.failureDomains.label}=${domain}`;
    await cluster.kubectl.run(['cordon', selector]);
    await restart(tier, domains, domain);
    await eventually(30, async () => expect(await tier.spread(domains)).toEqual({ [other]: (await tier.pods()).length }));
    await cluster.kubectl.run(['uncordon', selector]);
    await cluster.kubectl.run(['delete', 'pod', '--selector=diptych/role=tier', tier.namespace, '--wait=false']);
    await eventually(30, async () => expect(Object.keys(await tier.spread(domains)).sort()).toEqual([domain, other].sort()));
  });

  test('an eviction is refused when it would leave a tier with too few instances', async () => {
    const [{ zone, instances, minAvailable } = { zone: '', instances: 0, minAvailable: 0 }] = site.tiers;
    const tier = new LiveTier(cluster.kubectl, zone);
    // Evicting a terminating pod does not count against the budget, and the budget may lag behind the pods.
    await eventually(60, async () => {
      expect([(await tier.pods()).length, (await tier.running()).length]).toEqual([instances, instances]);
      expect(await tier.disruptionsAllowed()).toBe(instances - minAvailable);
    });
    // On cordoned nodes, evicted pods are not replaced.
    await cluster.kubectl.run(['cordon', '--selector=kubernetes.io/os=linux']);
    const answers: boolean[] = [];
    for (const { metadata } of await tier.pods()) answers.push(await evict(zone, metadata.name));
    await cluster.kubectl.run(['uncordon', '--selector=kubernetes.io/os=linux']);
    expect(answers.filter((done) => done)).toHaveLength(instances - minAvailable);
    await tier.rolledOut();
  });

  test('a workload cannot take the label of a tier, whatever kind it is and whatever owner it names', async () => {
    const [{ zone } = { zone: '' }] = site.tiers;
    const labels = { 'diptych/role': 'tier', 'diptych/zone': zone };
    const [instance] = await new LiveTier(cluster.kubectl, zone).pods();
    const { ownerReferences } = { ...instance?.metadata } as { ownerReferences?: readonly object[] };
    expect(ownerReferences).toHaveLength(1);
    const create = async (object: object) => {
      const { code, stderr } = await cluster.kubectl.attempt(['create', '--dry-run=server', '--filename=-'], JSON.stringify(object));
      if (code !== 0) expect(stderr).toContain('is reserved for the pods of Deployment tls-tier');
      return code === 0;
    };
    expect(await create(workload('Pod', zone, 'plain', {}))).toBe(true);
    expect(await create(workload('Pod', zone, 'posing', labels))).toBe(false);
    expect(await create(workload('Pod', zone, 'owned', labels, ownerReferences))).toBe(false);
    expect(await create(workload('ReplicaSet', zone, 'tls-tier-abc', labels))).toBe(false);
    expect(await create(workload('Deployment', zone, 'tls-tier-other', labels))).toBe(false);
    expect(await create(workload('Deployment', zone, 'plain', {}))).toBe(true);
  });

  test('a running workload cannot be given the label of a tier, nor can a controller of another kind', async () => {
    const [{ zone } = { zone: '' }] = site.tiers;
    const labels = { 'diptych/role': 'tier', 'diptych/zone': zone };
    const namespace = `--namespace=${zone}`;
    await cluster.kubectl.apply([workload('Pod', zone, 'running', {}), workload('StatefulSet', zone, 'posing', labels)]);
    const relabeled = await cluster.kubectl.attempt(['label', 'pod', 'running', 'diptych/role=tier', namespace]);
    expect(relabeled.stderr).toContain('is reserved for the pods of Deployment tls-tier');
    await eventually(30, async () => {
      const events = await cluster.kubectl.run(['get', 'events', namespace, '--field-selector=reason=FailedCreate', '--output=name']);
      expect(events).toContain('posing');
    });
    await cluster.kubectl.run(['delete', 'pod/running', 'statefulset/posing', namespace]);
  });

  test('a tier cannot use more devices than the quota of its zone', async () => {
    const [{ zone, instances } = { zone: '', instances: 0 }] = site.tiers.filter(({ device }) => device);
    const tier = new LiveTier(cluster.kubectl, zone);
    const deployment = await tier.deployment();
    await cluster.kubectl.run(['scale', `deployment/${deployment}`, tier.namespace, `--replicas=${instances * 3}`]);
    await eventually(30, async () => {
      const { status } = await cluster.kubectl.get<Deployment>('deployment', deployment, tier.namespace);
      const failure = status.conditions.find(({ type }) => type === 'ReplicaFailure');
      expect(failure?.message).toContain('exceeded quota');
      expect(failure?.message).toContain('requests.qat.intel.com/');
    });
    await cluster.kubectl.run(['scale', `deployment/${deployment}`, tier.namespace, `--replicas=${instances}`]);
    await tier.rolledOut();
  });

  test('a tier keeps its size during a rolling update while only the devices of one surge are free', async () => {
    const [{ zone, instances, device } = { zone: '', instances: 0, device: undefined }] = site.tiers.filter((one) => one.device);
    const tier = new LiveTier(cluster.kubectl, zone);
    await eventually(60, async () => expect(await tier.running()).toHaveLength(instances));
    const [node = ''] = await nodesWith(cluster.kubectl, `${device?.nodeLabel}=true`);
    await fillDevices(cluster.kubectl, device?.resource ?? '', { node, devices: device?.count ?? 0 });
    const before = new Set((await tier.running()).map(({ metadata }) => metadata.name));
    const seen = watch(cluster.kubectl, ['deployment', await tier.deployment(), tier.namespace], '.status.availableReplicas');
    const change = { path: ['zones', zone, 'endpoints', 'fix', 'idleTimeoutSeconds'], value: 1800 };
    const variant = await siteManifests(writeVariant(join(scratch.folder, 'estate.yaml'), [change]), join(scratch.folder, 'variant'));
    await applySite(cluster, variant.stacks);
    await tier.rolledOut();
    await seen.stop();
    expect((await tier.running()).filter(({ metadata }) => before.has(metadata.name))).toEqual([]);
    expect(Math.min(...seen.values.map(Number))).toBeGreaterThanOrEqual(instances);
  });
});

interface Deployment {
  readonly status: { readonly conditions: readonly { readonly type: string; readonly message?: string }[] };
}

/** Deletes the pods of a tier in one failure domain. */
async function restart(tier: LiveTier, domains: ReadonlyMap<string, string>, domain: string): Promise<void> {
  for (const { metadata, spec } of await tier.pods()) {
    if (domains.get(spec.nodeName ?? '') === domain)
      await cluster.kubectl.run(['delete', 'pod', metadata.name, tier.namespace, '--wait=false']);
  }
}

/**
 * Requests an eviction as a node drain does.
 *
 * @returns true if it was granted
 */
async function evict(namespace: string, name: string): Promise<boolean> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const { code, stderr } = await cluster.kubectl.attempt(['create', `--raw=${path}`, '--filename=-'], JSON.stringify(eviction));
  if (code !== 0) expect(stderr).toContain('disruption budget');
  return code === 0;
}

/** A workload whose pods have some labels and pass the Pod Security level `restricted`. */
function workload(
  kind: 'Pod' | 'ReplicaSet' | 'Deployment' | 'StatefulSet',
  namespace: string,
  name: string,
  labels: object,
  ownerReferences: readonly object[] = [],
): object {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const spec = {
    securityContext: { runAsNonRoot: true, runAsUser: 99, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'one', image: 'registry.example.com/one', securityContext }],
  };
  const podMetadata = { labels: { app: name, ...labels } };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata: { name, namespace, ownerReferences, ...podMetadata }, spec };
  const selector = { matchLabels: { app: name } };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { selector, template: { metadata: podMetadata, spec } } };
}
