import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldersIn } from '../../../lib/artifacts/folders';
import { readStacks } from '../../../lib/artifacts/stacks';
import type { Finding } from '../../../lib/core/finding';
import { type CloudClients, clientsOf } from '../../../lib/deployment/aws/clients';
import { physicalIds } from '../../../lib/deployment/aws/deployed';
import { declaredResources } from '../../../lib/deployment/probe/aws/declared';
import { probeCloudSite } from '../../../lib/deployment/probe/aws/probe-site';
import type { DeclaredResource } from '../../../lib/deployment/probe/readers/reader';
import { readers } from '../../../lib/deployment/probe/readers/readers';
import type { CloudSitePlan } from '../../../lib/estate/plan-schema';
import { everyKindOfEdit } from '../deployment/cloud-edits';
import type { Made } from '../deployment/edit';
import { type Cloud, startCloud } from '../harness/cloud';
import { deviations } from '../harness/deviations';
import { cloudSiteOf, exampleFile, synthesize, writeVariant } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { tally } from '../tally';
import { Cdk } from './cdk';
import { comparedTypes, idsOf, physicalIdsByType, unanswered, unstated } from './read-back';
import { prepare, unprotect } from './site';
import { templates } from './templates';

const scratch = scratchFolder('assembly');
const folders = foldersIn(scratch.folder);
const assembly = folders.cloud;
const variant = join(scratch.folder, 'estate.yaml');

let site: CloudSitePlan;
let cloud: Cloud;
let clients: CloudClients;
let cdk: Cdk;

beforeAll(async () => {
  site = cloudSiteOf((await synthesize(exampleFile, scratch.folder)).plan);
  cloud = await startCloud();
  Object.assign(process.env, cloud.environment(site));
  clients = clientsOf(site);
  cdk = new Cdk(cloud.environment(site), assembly);
  await cdk.bootstrap(site.account, site.region);
  await prepare(clients, site.machineImageParameter);
});

afterAll(async () => {
  await cloud?.stop();
  scratch.remove();
});

/** Reads a JSON list beside this file. */
function json(file: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
}

/** Types that only links of another kind than the example's have. */
const undeclaredTypes = ['AWS::EC2::VPCGatewayAttachment', 'AWS::DirectConnect::DirectConnectGatewayAssociation'];

/** Types that a service of the emulator implements. */
function readable() {
  return readers.filter(({ type }) => !cloud.types.inert.includes(type));
}

/** Resources declared by the templates, with their physical ids. */
function declared(): Promise<DeclaredResource[]> {
  return declaredResources(site, templates(assembly), clients);
}

/** Reads the site as `diptych probe` does, without leaving anything out. */
function probe(): Promise<Finding[]> {
  return probeCloudSite(site, readStacks(folders, [site]), clients);
}

/** Physical ids by `stack/logical id`. */
async function identities(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const stack of templates(assembly).keys()) {
    for (const [logicalId, physicalId] of await physicalIds(clients.cloudFormation, stack)) found.set(`${stack}/${logicalId}`, physicalId);
  }
  return found;
}

describe('the cloud site of the example', () => {
  let resources: DeclaredResource[];

  test('cdk deploy deploys all stacks in one run', async ({ task }) => {
    await cdk.deploy(exampleFile);
    resources = await declared();
    const made = resources.filter(({ physicalId }) => physicalId !== undefined);
    tally(task, { cloud: { done: made.length, of: resources.length } });
    expect(made).toHaveLength(resources.length);
  });

  test('the deployed stacks contain only known inert types', ({ task }) => {
    const inert = resources.filter(({ type }) => cloud.types.inert.includes(type));
    const types = [...new Set(inert.map(({ type }) => type))].sort();
    console.log(`inert, so that nothing is proven of them: ${types.join(', ')}`);
    tally(task, { inert: inert.length });
    expect(types).toEqual(json('inert-types.json'));
  });

  test('the live resources equal their templates when they are read from their services', async () => {
    const findings = await probe();
    const compared = comparedTypes(findings);
    const counts = Object.entries(compared).map(([type, count]) => `${count} ${type}`);
    console.log(`read back: ${counts.join(', ')}; not answered: ${unanswered(findings).join(', ')}`);
    expect(deviations({ findings })).toEqual([]);
    expect(unanswered(findings)).toEqual(json('accepted-unknown.json'));
    const types = readable().map(({ type }) => type);
    expect(types.filter((type) => !compared[type])).toEqual(undeclaredTypes);
  });

  test('the live resources have no attribute that neither the templates nor the readers state', async () => {
    // For TCP health checks, which have no path, matcher or timeout, the emulator returns the values of HTTP checks.
    const ofHttp = ['HealthCheckPath: "/"', 'HealthCheckTimeoutSeconds: 5', 'Matcher: {"HttpCode":"200"}'];
    expect(await unstated(readable(), resources, clients)).toEqual(
      ofHttp.map((attribute) => `AWS::ElasticLoadBalancingV2::TargetGroup.${attribute}`),
    );
  });

  test('a second cdk deploy changes nothing', async () => {
    const before = await identities();
    const output = await cdk.deploy(exampleFile);
    for (const stack of templates(assembly).keys()) expect(output).toContain(`${stack} (no changes)`);
    expect(await identities()).toEqual(before);
  });

  test('cdk diff reports no difference when nothing has changed', async () => {
    expect(await cdk.diff(exampleFile)).toContain('Number of stacks with differences: 0');
  });
});

describe('a changed endpoint', () => {
  const zone = 'settlement';
  const path = ['zones', zone, 'endpoints', 'confirmations', 'port'];

  test('a changed port only replaces resources that contain it, in the zone of the endpoint', async () => {
    const before = await identities();
    writeVariant(variant, [{ path, value: 9445 }]);
    expect(await cdk.diff(variant)).toContain('9445');
    await cdk.deploy(variant);
    const after = await identities();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((name) => !name.includes(zone))).toEqual([]);
    const findings = await probe();
    expect(deviations({ findings })).toEqual([]);
    expect(unanswered(findings)).toEqual(json('accepted-unknown.json'));
  });
});

describe('a live edit', () => {
  test('the read-back reports an edit of any kind and nothing else', async () => {
    for (const edits of everyKindOfEdit(clients, await declared())) {
      const made: Made[] = [];
      for (const edit of edits) made.push(await edit.make());
      expect(deviations({ findings: await probe() })).toEqual(made.map(({ finding }) => finding).sort());
      for (const { undo } of made) await undo();
    }
    expect(deviations({ findings: await probe() })).toEqual([]);
  });

  test('the read-back reports an edit of a rule or a listener', async () => {
    const listener = (await declared()).find(({ type, properties }) => type.endsWith('::Listener') && properties.SslPolicy);
    await clients.balancing.send(new ModifyListenerCommand({ ListenerArn: listener?.physicalId, SslPolicy: 'ELBSecurityPolicy-2016-08' }));
    const findings = await probe();
    expect(deviations({ findings })).toEqual([`drifted ${listener?.stack}/${listener?.logicalId}`]);
    expect(findings.flatMap(({ differences }) => differences.map(({ attribute }) => attribute))).toEqual(['SslPolicy']);
  });
});

describe('cdk destroy', () => {
  test('cdk destroy is refused while the stacks are protected, and completes afterwards', async () => {
    const refused = await cdk.destroy(variant);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain('TerminationProtection');
    const stacks = templates(assembly);
    const ours = await declared();
    await unprotect(clients, stacks.keys());
    expect((await cdk.destroy(variant)).code).toBe(0);
    const retained = ours.filter(({ stack, logicalId }) => stacks.get(stack)?.Resources[logicalId]?.DeletionPolicy?.startsWith('Retain'));
    for (const reader of readable()) {
      const [before, kept] = [idsOf(reader, ours), idsOf(reader, retained)];
      const left = (await reader.live(clients, physicalIdsByType(ours))).map(({ id }) => id).filter((id) => before.has(id));
      expect(left.sort(), reader.type).toEqual([...kept].sort());
    }
  });
});
