import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SitePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { type Toolchain, toolchain } from '../../support/toolchain';
import type { Outcome } from '../harness/command';
import { cloudSiteOf, exampleFile, onPremSiteOf, type Synthesized, synthesize } from '../harness/example';
import type { KubernetesObject } from '../harness/kubectl';
import { scratchFolder } from '../harness/scratch';
import { writeManifests } from '../on-prem/manifests';
import { tally } from '../tally';
import { bootInstance, emittedUserData, fillBuckets } from './instance';
import { type Material, makeMaterial } from './material';
import { bootPod, type PodSpec } from './pod';
import { installProbe } from './probe';
import { MachineRoot } from './root';

const scratch = scratchFolder('boot');

let tools: Toolchain;
let estate: Synthesized;
let objects: KubernetesObject[];
let machines = 0;

beforeAll(async () => {
  tools = await toolchain();
  estate = await synthesize(exampleFile, scratch.folder);
  const site = onPremSiteOf(estate.plan);
  const stacks = await writeManifests(scratch.folder, [`${site.id}-tiers`]);
  objects = stacks.flatMap((stack) => stack.objects);
});

afterAll(() => scratch.remove());

/** The endpoints of a zone whose TLS its tier ends. */
function endpointsOf(site: SitePlan, { zone }: TierPlan): EndpointPlan[] {
  const found = site.zones.find(({ id }) => id === zone);
  return found?.endpoints.filter(({ managedCertificate }) => managedCertificate === undefined) ?? [];
}

/** Ids of the endpoints that have to answer. */
function idsOf(site: SitePlan, tier: TierPlan): string[] {
  return endpointsOf(site, tier)
    .map(({ id }) => id)
    .sort();
}

/** A machine with a client in it, and what the client's counterpart needs. */
async function machine(site: SitePlan, tier: TierPlan): Promise<{ root: MachineRoot; material: Material; endpoints: EndpointPlan[] }> {
  const folder = join(scratch.folder, `machine-${++machines}`);
  const endpoints = endpointsOf(site, tier);
  const material = await makeMaterial(`${folder}-material`, endpoints);
  const root = new MachineRoot(folder, tools, tier.profile.fipsProvider ? tools.fipsEnv : tools.env);
  installProbe(root, endpoints, material);
  return { root, material, endpoints };
}

async function bootInCloud(site: SitePlan, tier: TierPlan, change = (script: string) => script): Promise<Outcome> {
  const { root, material } = await machine(site, tier);
  fillBuckets(root, estate.cloudAssembly);
  return bootInstance(root, change(emittedUserData(estate.cloudAssembly, tier.zone)), material.tls);
}

async function bootOnPrem(site: SitePlan, tier: TierPlan, change = (pod: PodSpec) => pod): Promise<Outcome> {
  const { root, material } = await machine(site, tier);
  const own = objects.filter(({ metadata }) => metadata.namespace === tier.zone);
  const deployment = own.find(({ kind }) => kind === 'Deployment') as KubernetesObject & { spec: { template: { spec: PodSpec } } };
  const secretFolder = (secret: string) => join(material.tls, secret.replace(/-tls$/, ''));
  return bootPod(root, change(deployment.spec.template.spec), { configMaps: own.filter(({ kind }) => kind === 'ConfigMap'), secretFolder });
}

/** Endpoints that answered a handshake. */
function answers({ stdout }: Outcome): string[] {
  return [...stdout.matchAll(/^answered: (.+)$/gm)].map(([, id]) => id ?? '').sort();
}

function say({ code, stdout, stderr }: Outcome): string {
  return `ended with ${code}\n${stdout}${stderr}`;
}

describe('what an instance boots with', () => {
  test('brings every tier of the cloud site to answer handshakes', async ({ task }) => {
    const site = cloudSiteOf(estate.plan);
    let done = 0;
    for (const tier of site.tiers) {
      const outcome = await bootInCloud(site, tier);
      expect(answers(outcome), `${tier.zone} ${say(outcome)}`).toEqual(idsOf(site, tier));
      tally(task, { booted: { done: ++done, of: site.tiers.length } });
    }
  });

  test('answers nothing once one path in it is another', async () => {
    const site = cloudSiteOf(estate.plan);
    const [tier] = site.tiers as [TierPlan];
    for (const path of ['/etc/diptych/haproxy/haproxy.cfg', '/etc/diptych/tier.env', '/etc/diptych/tls/']) {
      const outcome = await bootInCloud(site, tier, (script) => script.replace(path, path.replace('/etc/diptych', '/etc/elsewhere')));
      expect(answers(outcome), path).toEqual([]);
      expect(outcome.code, path).not.toBe(0);
    }
  });
});

describe('what a pod runs', () => {
  test('brings every tier of the on-prem site to answer handshakes, in software where it wants devices and finds none', async ({
    task,
  }) => {
    const site = onPremSiteOf(estate.plan);
    let done = 0;
    for (const tier of site.tiers) {
      const outcome = await bootOnPrem(site, tier);
      expect(answers(outcome), `${tier.zone} ${say(outcome)}`).toEqual(idsOf(site, tier));
      if (tier.device) expect(outcome.stdout).toContain('capacity: software.cfg');
      tally(task, { booted: { done: ++done, of: site.tiers.length } });
    }
  });

  test('brings the tiers that need a device to answer handshakes by it', ({ skip }) => {
    const zones = onPremSiteOf(estate.plan).tiers.flatMap(({ device, zone }) => (device ? [zone] : []));
    skip(zones.length > 0, `not run: ${zones.join(', ')}, as no package of OpenSSL carries the devices' provider`);
  });

  test('answers nothing once one mount path is another', async () => {
    const site = onPremSiteOf(estate.plan);
    const [tier] = site.tiers as [TierPlan];
    for (const path of ['/etc/diptych/haproxy', '/run/diptych', '/etc/diptych/tls']) {
      const change = (pod: PodSpec): PodSpec => JSON.parse(JSON.stringify(pod).replace(`"mountPath":"${path}`, `"mountPath":"/elsewhere`));
      const outcome = await bootOnPrem(site, tier, change);
      expect(answers(outcome), path).toEqual([]);
      expect(outcome.code, path).not.toBe(0);
    }
  });
});
