import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldersIn } from '../../../lib/artifacts/folders';
import type { OnPremSite } from '../../../lib/artifacts/site';
import { readStacks } from '../../../lib/artifacts/stacks';
import { clientsOf } from '../../../lib/deployment/aws/clients';
import { declaredResources } from '../../../lib/deployment/probe/aws/declared';
import { stackObjects } from '../../../lib/readback/terraform/stack-objects';
import { seeded } from '../../support/seeded';
import { templates } from '../cloud/templates';
import { deviations } from '../harness/deviations';
import { mirrorVariable } from '../on-prem/terraform';
import { cloudEdits } from './cloud-edits';
import { clusterEdits } from './cluster-edits';
import type { Edit, Made } from './edit';
import { probe, type Rig, readRecord, startRig } from './rig';
import { shuffled } from './shuffled';

/** The Terraform provider is not available everywhere. */
const tools = process.env[mirrorVariable] ? ['apply', 'terraform'] : ['apply'];

describe.each(tools)('deployment of both sites, on-prem by %s', (tool) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig();
  }, 300_000);

  afterAll(async () => {
    await rig?.stop();
  });

  test('deploy deploys both sites of the example in one run', async () => {
    const { code, stderr } = await rig.diptych('deploy', '--on-prem-by', tool);
    expect(code, stderr).toBe(0);
    const { outcome, steps } = readRecord(rig.out, 1);
    expect(outcome).toBe('done');
    expect(steps.filter(({ status }) => status !== 'done')).toEqual([]);
  }, 300_000);

  test('probe reports everything as planned, except what the emulator cannot answer', async () => {
    const { code, report } = await probe(rig);
    console.log(`probe: ${JSON.stringify(report.counts)}`);
    expect(deviations(report)).toEqual([]);
    expect(code).toBe(0);
  });

  test('a second deploy changes nothing', async () => {
    const { code, stdout } = await rig.diptych('deploy', '--on-prem-by', tool);
    expect(code).toBe(0);
    expect(readRecord(rig.out, 2).steps.filter(({ changed }) => changed !== false)).toEqual([]);
    expect(stdout.trim().split('\n').at(-1)).toBe('nothing changed');
  }, 300_000);

  /** Another seed draws other edits. */
  const seed = Number(process.env.DIPTYCH_E2E_SEED ?? 20_261_121);
  const half = 25;
  const batchSize = 10;

  test('probe reports each of fifty manual edits and nothing else', async () => {
    const edits = await draw();
    expect(edits).toHaveLength(2 * half);
    let named = 0;
    const wrong: string[] = [];
    for (let start = 0; start < edits.length; start += batchSize) {
      const made = await makeAll(edits.slice(start, start + batchSize));
      const found = new Set(deviations((await probe(rig)).report));
      for (const { finding } of made) {
        if (found.delete(finding)) named++;
        else console.log(`not named: ${finding}`);
      }
      wrong.push(...found);
      for (const { undo } of made) await undo();
    }
    wrong.push(...deviations((await probe(rig)).report).map((finding) => `after all was undone: ${finding}`));
    console.log(`${named}/${edits.length} named, ${wrong.length} false`);
    expect(wrong).toEqual([]);
    expect(named).toBe(edits.length);
  }, 600_000);

  test('destroy destroys nothing and lists the reasons while resources are protected', async () => {
    const { code, stderr } = await rig.diptych('destroy', '--yes', '--on-prem-by', tool);
    expect([code, stderr.includes('DEP009')]).toEqual([2, true]);
    expect(stderr).toContain('protected: stack dublin-network: termination protection');
    expect(stderr).toMatch(/^protected: dublin-tiers-\d+\/\w+: deletion protection of the load balancer$/m);
    expect(stderr).toContain('protected: basildon-core: Namespace risk: prevent_destroy: its zone is critical');
    expect(deviations((await probe(rig)).report)).toEqual([]);
  });

  test('destroy --unprotect destroys both sites', async () => {
    const { code, stdout, stderr } = await rig.diptych('destroy', '--yes', '--unprotect', '--on-prem-by', tool);
    expect(code, stdout + stderr).toBe(0);
    const { counts, findings } = (await probe(rig)).report;
    console.log(`probe after the end: ${JSON.stringify(counts)}`);
    expect(findings.filter(({ verdict }) => verdict === 'as-planned')).toEqual([]);
    expect(deviations({ findings }).filter((finding) => !finding.startsWith('missing'))).toEqual([]);
  }, 300_000);

  /** The same number of edits at each site, evenly from all kinds, so that frequent types do not dominate. */
  async function draw(): Promise<Edit[]> {
    const random = seeded(seed);
    const folders = foldersIn(rig.out);
    const clients = clientsOf(rig.cloudSite);
    const resources = await declaredResources(rig.cloudSite, templates(folders.cloud), clients);
    const cloud = cloudEdits(clients, resources, random);
    const typeOf = new Map(resources.map(({ stack, logicalId, type }) => [`${stack}/${logicalId}`, type]));
    const site: OnPremSite = { ...rig.onPremSite, kind: 'on-prem' };
    const emitted = readStacks(folders, [site]).flatMap((stack) => stackObjects(stack).map(({ object }) => object));
    const cluster = clusterEdits(rig.cluster.kubectl, site.context, emitted, random);
    const drawn = [
      ...evenly(cloud, (edit) => typeOf.get(edit.target) ?? '', half, random),
      ...evenly(cluster, (edit) => edit.target.split(' ')[1] ?? '', half, random),
    ];
    return shuffled(drawn, random);
  }
});

/** Makes a batch of edits; the edits of a batch change different resources. */
async function makeAll(edits: readonly Edit[]): Promise<Made[]> {
  const made: Made[] = [];
  for (const edit of edits) made.push(await edit.make());
  return made;
}

/** Draws one edit of every group per round, with different targets. */
function evenly(edits: readonly Edit[], groupOf: (edit: Edit) => string, count: number, random: () => number): Edit[] {
  const groups = new Map<string, Edit[]>();
  for (const edit of shuffled(edits, random)) groups.set(groupOf(edit), [...(groups.get(groupOf(edit)) ?? []), edit]);
  const drawn = new Map<string, Edit>();
  while (drawn.size < count && [...groups.values()].some((left) => left.length > 0)) {
    for (const left of groups.values()) {
      const next = left.pop();
      if (next && drawn.size < count && !drawn.has(next.target)) drawn.set(next.target, next);
    }
  }
  return [...drawn.values()];
}
