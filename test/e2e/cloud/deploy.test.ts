import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudSitePlan } from '../../../lib/estate/plan-schema';
import { type Cloud, startCloud } from '../harness/cloud';
import { cloudSiteOf, exampleFile, synthesize, writeVariant } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { tally } from '../tally';
import { Cdk } from './cdk';
import { type Clients, clientsOf } from './clients';
import { type DeployedResource, deployed, physicalIds, templates } from './deployed';
import { readBack } from './read-back/compare';
import { prepare, readersOf, unprotect } from './site';

const scratch = scratchFolder('assembly');
const assembly = join(scratch.folder, 'cdk.out');
const variant = join(scratch.folder, 'estate.yaml');

let site: CloudSitePlan;
let cloud: Cloud;
let clients: Clients;
let cdk: Cdk;

beforeAll(async () => {
  site = cloudSiteOf((await synthesize(exampleFile, scratch.folder)).plan);
  cloud = await startCloud();
  clients = clientsOf(cloud, site);
  cdk = new Cdk(cloud.environment(site), assembly);
  await cdk.bootstrap(site.account, site.region);
  await prepare(clients, site.machineImageParameter);
});

afterAll(async () => {
  await cloud?.stop();
  scratch.remove();
});

/** How many resources the templates have, but for what the CDK adds about itself. */
function declaredCount(): number {
  return [...templates(assembly).values()].flatMap(({ Resources }) => Object.values(Resources)).length;
}

/** Physical ids by `stack/logical id`. */
async function identities(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const stack of templates(assembly).keys()) {
    for (const [logicalId, physicalId] of await physicalIds(clients.cloudFormation, stack)) found.set(`${stack}/${logicalId}`, physicalId);
  }
  return found;
}

describe('the cloud half of the example', () => {
  let resources: DeployedResource[];

  test('deploys in one go through the command line of the CDK', async ({ task }) => {
    await cdk.deploy(exampleFile);
    resources = await deployed(clients, assembly, site);
    tally(task, { cloud: { done: resources.length, of: declaredCount() } });
    expect(resources).toHaveLength(declaredCount());
  });

  test('uses no inert type that is not known to be one', ({ task }) => {
    const inert = resources.filter(({ type }) => cloud.types.inert.includes(type));
    const types = [...new Set(inert.map(({ type }) => type))].sort();
    console.log(`inert, so that nothing is proven of them: ${types.join(', ')}`);
    tally(task, { inert: inert.length });
    expect(types).toEqual(JSON.parse(readFileSync(join(__dirname, 'inert-types.json'), 'utf8')));
  });

  test('is live as its templates say, read back from the services themselves', async () => {
    const { compared, differences } = await readBack(readersOf(clients), resources);
    console.log(
      `read back: ${Object.entries(compared)
        .map(([type, count]) => `${count} ${type}`)
        .join(', ')}`,
    );
    expect(differences).toEqual([]);
    for (const { type } of readersOf(clients)) expect(compared[type], type).toBeGreaterThan(0);
  });

  test('changes nothing in a second deployment', async () => {
    const before = await identities();
    const output = await cdk.deploy(exampleFile);
    for (const stack of templates(assembly).keys()) expect(output).toContain(`${stack} (no changes)`);
    expect(await identities()).toEqual(before);
  });

  test('shows no difference while nothing has changed', async () => {
    expect(await cdk.diff(exampleFile)).toContain('Number of stacks with differences: 0');
  });
});

describe('a changed endpoint', () => {
  const zone = 'settlement';
  const path = ['zones', zone, 'endpoints', 'confirmations', 'port'];

  test('replaces what carries its port, in its zone, and nothing else', async () => {
    const before = await identities();
    writeVariant(variant, [{ path, value: 9445 }]);
    expect(await cdk.diff(variant)).toContain('9445');
    await cdk.deploy(variant);
    const after = await identities();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((name) => !name.includes(zone))).toEqual([]);
    expect((await readBack(readersOf(clients), await deployed(clients, assembly, site))).differences).toEqual([]);
  });
});

describe('a live edit', () => {
  test('of a rule or a listener shows in the read-back', async () => {
    const resources = await deployed(clients, assembly, site);
    const listener = resources.find(({ type, properties }) => type.endsWith('::Listener') && properties.SslPolicy);
    await clients.balancing.send(new ModifyListenerCommand({ ListenerArn: listener?.physicalId, SslPolicy: 'ELBSecurityPolicy-2016-08' }));
    const { differences } = await readBack(readersOf(clients), resources);
    expect(differences.map(({ resource }) => resource)).toEqual([`${listener?.stack}/${listener?.logicalId}`]);
  });
});

describe('the end of a site', () => {
  test('is refused while its stacks are protected, and complete once they are not', async () => {
    const refused = await cdk.destroy(variant);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain('TerminationProtection');
    const stacks = [...templates(assembly).keys()];
    const ours = new Set((await identities()).values());
    await unprotect(clients, stacks);
    expect((await cdk.destroy(variant)).code).toBe(0);
    for (const { type, live } of readersOf(clients))
      expect(
        [...(await live()).keys()].filter((id) => ours.has(id)),
        type,
      ).toEqual([]);
  });
});
