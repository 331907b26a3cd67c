import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ArtifactFolders } from '../../../lib/artifacts/folders';
import { foldersIn } from '../../../lib/artifacts/folders';
import { ownerOf, stackDescription } from '../../../lib/artifacts/stack-kinds';
import { type PlacedStack, readStacks, type Stack } from '../../../lib/artifacts/stacks';
import { Refusal } from '../../../lib/core/refusal';
import { orphanChanges } from '../../../lib/deployment/aws/changes';
import { templateOf } from '../../../lib/deployment/aws/deployed';
import { resourceCount } from '../../../lib/deployment/run/resource-count';
import { orderStacks, type Purpose } from '../../../lib/deployment/run/stack-order';
import { stepsOf } from '../../../lib/deployment/run/steps';
import type { Template } from '../../../lib/readback/cloudformation/template';
import { synthesizeEstate } from '../../../stacks/estate';
import { planned } from '../../fixtures/two-sites';
import { type StandInCloud, standInCloud } from '../../support/stand-in-cloud';

type Zone = { allowFrom?: Record<string, object>; sites: string[] };
type Estate = { zones: Record<string, Zone> };

const site = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' } as const;

/** The example without some zones and everything that refers to them. */
function without(...zones: string[]): Estate {
  const estate = parse(readFileSync(join(__dirname, '../../../examples/meridian/estate.yaml'), 'utf8')) as Estate;
  for (const zone of zones) delete estate.zones[zone];
  for (const { allowFrom = {} } of Object.values(estate.zones)) for (const zone of zones) delete allowFrom[zone];
  return estate;
}

const folders: string[] = [];

function emit(estate: Estate): ArtifactFolders {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-leaves-'));
  folders.push(folder);
  synthesizeEstate(planned(estate), { folders: foldersIn(folder), inputs: {} });
  return foldersIn(folder);
}

const stacksOf = (outputs: ArtifactFolders) => readStacks(outputs, [site]);

const nameOf = ({ name }: PlacedStack) => name;

let whole: Stack[];
let zones: string[];

/** Stacks of the example without one of its cloud zones, keyed by that zone. */
const missing = new Map<string, Stack[]>();

beforeAll(() => {
  const estate = without();
  whole = stacksOf(emit(estate));
  zones = Object.keys(estate.zones).filter((zone) => estate.zones[zone]?.sites.includes(site.id));
  for (const zone of zones) missing.set(zone, stacksOf(emit(without(zone))));
}, 120_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

let cloud: StandInCloud | undefined;

afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
});

/** Stacks as CloudFormation reports them; deleted stacks are absent. */
type Live = Map<string, { readonly template: object; readonly isProtected?: boolean; readonly status?: string }>;

function liveAs(stacks: readonly Stack[]): Live {
  return new Map(stacks.map((stack) => [stack.name, { template: templateOf(stack) }]));
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const arnOf = (logicalId: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/${logicalId}/1`;

/** Stand-in for CloudFormation and Elastic Load Balancing with the given live stacks and protected load balancers. */
async function answering(live: Live, held: readonly string[] = [], isStubborn = false): Promise<StandInCloud> {
  cloud = await standInCloud((action, about) => {
    if (action === 'DescribeStacks') return described(live, about);
    if (action === 'GetTemplate') return `<TemplateBody>${xml(JSON.stringify(live.get(about)?.template))}</TemplateBody>`;
    if (action === 'ListStackResources') return listed(live.get(about)?.template as Template);
    if (action === 'DescribeLoadBalancerAttributes') return attributes(held.some((logicalId) => arnOf(logicalId) === about));
    if (action === 'DeleteStack' && !isStubborn) live.delete(about);
    if (action === 'DeleteStack' && isStubborn) live.set(about, { template: {}, status: 'DELETE_FAILED' });
    return undefined;
  });
  return cloud;
}

function described(live: Live, about: string): string {
  const asked = [...live].filter(([name]) => about === '' || name === about);
  const members = asked.map(([name, { template, isProtected = false, status = 'UPDATE_COMPLETE' }]) => {
    const state = `<StackStatus>${status}</StackStatus><EnableTerminationProtection>${isProtected}</EnableTerminationProtection>`;
    const { Description = '' } = template as { Description?: string };
    return `<member><StackName>${name}</StackName><Description>${xml(Description)}</Description>${state}</member>`;
  });
  return `<Stacks>${members.join('')}</Stacks>`;
}

function listed({ Resources }: Template): string {
  const members = Object.keys(Resources).map(
    (id) => `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${arnOf(id)}</PhysicalResourceId></member>`,
  );
  return `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`;
}

function attributes(held: boolean): string {
  return `<Attributes><member><Key>deletion_protection.enabled</Key><Value>${held}</Value></member></Attributes>`;
}

/** Orders the emitted stacks while the given stacks are live. */
async function arranged(purpose: Purpose, emitted: readonly Stack[], live: Live, held: readonly string[] = []) {
  return orderStacks(purpose, emitted, [{ site, clients: (await answering(live, held)).clients }]);
}

function exportsOf({ Outputs = {} }: Template): string[] {
  return Object.values(Outputs).flatMap(({ Export }) => Export?.Name ?? []);
}

function importsOf(template: Template): string[] {
  return [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].flatMap(([, name]) => name ?? []);
}

/** Export or import for which CloudFormation would refuse this order of updates; an undefined template stands for a deletion. */
function refusals(order: readonly (readonly [string, Template | undefined])[], before: readonly Stack[]): string[] {
  const live = new Map(before.map((stack) => [stack.name, templateOf(stack)]));
  return order.flatMap(([name, template]) => {
    const had = exportsOf(live.get(name) ?? { Resources: {} });
    if (template) live.set(name, template);
    else live.delete(name);
    const all = [...live.values()];
    const [there, wanted] = [new Set(all.flatMap(exportsOf)), new Set(all.flatMap(importsOf))];
    const lost = had.filter((one) => !there.has(one) && wanted.has(one)).map((one) => `${name} loses ${one}, which is imported`);
    const absent = template ? importsOf(template).filter((one) => !there.has(one)) : [];
    return [...lost, ...absent.map((one) => `${name} imports ${one}, which is not there`)];
  });
}

/** Two opposite orders that respect the dependencies: each stack as early, or as late, as possible. */
function possibleOrders<Any extends PlacedStack>(stacks: readonly Any[]): Any[][] {
  return [0, -1].map((which) => {
    const done: Any[] = [];
    while (done.length < stacks.length) {
      const names = new Set(done.map(nameOf));
      const ready = stacks.filter(({ name, after }) => !names.has(name) && after.every((other) => names.has(other)));
      done.push(ready.at(which) as Any);
    }
    return done;
  });
}

/** Each stack with its new template; undefined for a stack that is deleted. */
function inWords(stacks: readonly PlacedStack[], emitted: readonly Stack[]): [string, Template | undefined][] {
  return stacks.map(({ name }) => {
    const own = emitted.find((stack) => stack.name === name);
    return [name, own && templateOf(own)];
  });
}

describe('orderStacks when a zone is removed from a cloud site', () => {
  it('the stacks are deployed in an order that CloudFormation accepts, and orphaned stacks are deleted', async () => {
    for (const [zone, emitted] of missing) {
      const stacks = await arranged('plan', emitted, liveAs(whole));
      for (const order of possibleOrders(stacks)) expect(refusals(inWords(order, emitted), whole), zone).toEqual([]);
      expect(new Set(stacks.map(nameOf)), zone).toEqual(new Set(whole.map(nameOf)));
    }
  });

  it('CloudFormation would refuse the stacks in their usual order', () => {
    expect(zones.filter((zone) => refusals(inWords(whole, missing.get(zone) ?? []), whole).length > 0)).toEqual(zones);
  });

  it('stacks that only contain the removed zone are deleted last, from the tiers down', async () => {
    const emitted = missing.get('management') ?? [];
    const stacks = await arranged('deploy', emitted, liveAs(whole));
    const left = ['dublin-tiers-1', 'dublin-flows-1', 'dublin-zones-1'];
    expect(stacks.map(nameOf)).toEqual([...emitted.map(nameOf), ...left]);
    for (const { after } of stacks.filter(({ name }) => left.includes(name)))
      expect(after).toEqual(expect.arrayContaining(emitted.map(nameOf)));
  });

  it('the preview lists the resources of deleted stacks, except those that are retained', async () => {
    const stacks = await arranged('plan', missing.get('management') ?? [], liveAs(whole));
    const ends = stacks.flatMap((stack) => ('template' in stack ? [{ stack, changes: orphanChanges(stack) }] : []));
    expect(ends.map(({ stack }) => stack.name)).toEqual(['dublin-tiers-1', 'dublin-flows-1', 'dublin-zones-1']);
    for (const { stack, changes } of ends) {
      const retained = Object.values(stack.template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));
      expect(changes.every(({ action }) => action === 'remove')).toBe(true);
      expect(changes).toHaveLength(resourceCount(stack) - retained.length);
    }
  });

  it('the whole site is destroyed in an order that CloudFormation accepts', async () => {
    const stacks = await arranged('destroy', missing.get('management') ?? [], liveAs(whole));
    expect(new Set(stacks.map(nameOf))).toEqual(new Set(whole.map(nameOf)));
    for (const order of possibleOrders(stacks)) expect(refusals(inWords(order, []), whole)).toEqual([]);
  });

  it('the order stays when no zone is removed, and stacks with similar names are ignored', async () => {
    const live = liveAs(whole);
    live.set('dublin-tiers-7', { template: { Description: 'Somebody else', Resources: {} } });
    live.set('dublin-dr-tiers-7', {
      template: { Description: stackDescription({ estate: 'meridian', site: 'dublin-dr' }, 'tiers-7'), Resources: {} },
    });
    live.set('other', { template: {} });
    expect(await arranged('deploy', whole, live)).toEqual(whole);
    expect((await arranged('destroy', whole, live)).map(nameOf).sort()).toEqual(whole.map(nameOf).sort());
  });

  it.each(['deploy', 'destroy', 'plan'] as const)(
    'orderStacks to %s is refused with ART010 when a live stack of the site is of an unknown kind',
    async (purpose) => {
      const live = liveAs(whole);
      const template = { Description: stackDescription({ estate: 'meridian', site: 'dublin' }, 'tiers-0'), Resources: {} };
      live.set('dublin-certificates', { template });
      live.set('dublin-lambda', { template: { Description: 'Somebody else', Resources: {} } });
      const refused = await arranged(purpose, whole, live).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: 'refused', problems: [{ code: 'ART010', path: 'sites/dublin' }] });
      expect((refused as Error).message).toContain('dublin-certificates');
    },
  );

  it('adding and removing a zone at once is refused with DEP017', async () => {
    const [came, went] = ['risk', 'settlement'];
    const refused = await arranged('deploy', missing.get(went) ?? [], liveAs(missing.get(came) ?? [])).catch((error: unknown) => error);
    if (!(refused instanceof Refusal)) throw new Error('it was not refused');
    expect(refused.problems.map(({ code }) => code)).toEqual(['DEP017']);
    expect(refused.message).toContain(`adds dublin-zones-0:${came} and removes dublin-zones-0:${went} at once`);
  });

  it('the reversed order is kept while CloudFormation is deleting the last stack that imports a removed export', async () => {
    const emitted = missing.get('settlement') ?? [];
    const live = liveAs(whole);
    for (const stack of emitted.filter(({ name }) => /-(?:tiers|flows)-/.test(name))) {
      live.set(stack.name, { template: templateOf(stack), status: 'UPDATE_IN_PROGRESS' });
    }
    expect((await arranged('plan', emitted, live)).map(nameOf).at(-1)).toBe('dublin-network');
  });
});

describe('protected resources of a removed zone', () => {
  it('a deployment is refused with the command that lifts termination protection when a removed stack has it', async () => {
    const live = liveAs(whole);
    live.set('dublin-zones-1', { template: live.get('dublin-zones-1')?.template ?? {}, isProtected: true });
    const lift =
      'aws cloudformation update-termination-protection --region eu-west-1 --no-enable-termination-protection --stack-name dublin-zones-1';
    await expect(arranged('deploy', missing.get('management') ?? [], live)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'DEP016', path: 'dublin-zones-1', fix: expect.stringContaining(lift) }],
    });
  });

  it('a deployment is refused when a removed load balancer of a remaining stack has deletion protection', async () => {
    const [zone, balancer] = protectedZone();
    const emitted = missing.get(zone) ?? [];
    const lift = `aws elbv2 modify-load-balancer-attributes --region eu-west-1 --attributes Key=deletion_protection.enabled,Value=false --load-balancer-arn ${arnOf(balancer)}`;
    await expect(arranged('deploy', emitted, liveAs(whole), [balancer])).rejects.toMatchObject({
      problems: [{ code: 'DEP016', path: 'dublin-tiers-0', fix: expect.stringContaining(lift) }],
    });
    await cloud?.stop();
    expect((await arranged('deploy', emitted, liveAs(whole))).map(nameOf).at(-1)).toBe('dublin-network');
  });

  /** A zone that shares its stacks with other zones, and its protected load balancer. */
  function protectedZone(): [zone: string, balancer: string] {
    const tiers = (stacks: readonly Stack[]) => {
      const stack = stacks.find(({ name }) => name === 'dublin-tiers-0');
      return stack ? Object.entries(templateOf(stack).Resources) : [];
    };
    for (const zone of zones) {
      const stays = new Set(tiers(missing.get(zone) ?? []).map(([id]) => id));
      const [balancer] =
        tiers(whole).find(([id, one]) => !stays.has(id) && JSON.stringify(one).includes('deletion_protection.enabled')) ?? [];
      if (stays.size > 0 && balancer !== undefined) return [zone, balancer];
    }
    throw new Error('no zone of the example is protected');
  }
});

describe('an orphaned stack', () => {
  const left = async (live: Live, isStubborn = false) => {
    const { clients } = await answering(live, [], isStubborn);
    const open = [{ site, clients }];
    const stacks = (await orderStacks('plan', missing.get('management') ?? [], open)).filter(({ name }) => name === 'dublin-flows-1');
    const [step] = stepsOf({ action: { kind: 'deploy' }, estate: 'meridian', onPremBy: 'apply' }, stacks, open);
    if (!step) throw new Error('it has no step');
    return step.run({ log: join(folders[0] ?? '', 'log'), say: () => {}, signal: new AbortController().signal, unfinished: [] });
  };

  it('a deployment deletes an orphaned stack', async () => {
    const live = liveAs(whole);
    expect(await left(live)).toEqual({ changed: true, summary: 'destroyed' });
    expect([...live.keys()]).not.toContain('dublin-flows-1');
    expect(cloud?.asked).toContain('DeleteStack dublin-flows-1');
  });

  it('the step fails with DEP025 when CloudFormation cannot delete an orphaned stack', async () => {
    await expect(left(liveAs(whole), true)).rejects.toMatchObject({
      problem: { code: 'DEP025', message: expect.stringContaining('DELETE_FAILED') },
    });
  });
});

it('every template of a cloud site names its estate and site', () => {
  for (const stack of whole)
    expect(ownerOf(templateOf(stack).Description ?? ''), stack.name).toEqual({ estate: 'meridian', site: 'dublin' });
});
