import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadArtifacts } from '../../../bin/input/artifacts';
import { diptych, folderOfTest, root } from '../../support/diptych';

/** An address at which nobody listens. */
const nowhere = 'http://127.0.0.1:1';

const meridian = join(root, 'examples/meridian/estate.yaml');
let reference: string;

beforeAll(() => {
  reference = mkdtempSync(join(tmpdir(), 'diptych-'));
  expect(diptych(['synth', meridian, '--out', reference])).toMatchObject({ status: 0 });
}, 120_000);

afterAll(() => rmSync(reference, { recursive: true }));

/** The three folders of the example, in a folder without the source of the estate. */
function copied(): string {
  const out = folderOfTest();
  for (const name of ['cdk.out', 'cdktf.out', 'diptych.out']) cpSync(join(reference, name), join(out, name), { recursive: true });
  return out;
}

const codesOf = (problems: readonly { code: string; path: string }[]) => problems.map(({ code, path }) => `${code} ${path}`);

/** Replaces a file of the artifacts and the digest by which it is known. */
function rewrite(out: string, path: string, edit: (json: Record<string, unknown>) => void): void {
  const json = JSON.parse(readFileSync(join(out, path), 'utf8'));
  edit(json);
  writeFileSync(join(out, path), JSON.stringify(json));
}

describe('loadArtifacts', () => {
  it('reads the plan, and the sites in the order of the description, without the source of the estate', async () => {
    const { artifacts, problems } = await loadArtifacts(copied());
    expect(problems).toEqual([]);
    expect(artifacts?.plan.estate).toBe('meridian');
    expect(artifacts?.sites.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['basildon on-prem', 'dublin cloud']);
    expect(artifacts?.digestNow()).toBe(artifacts?.digest);
    expect(artifacts?.warnings).toEqual([]);
  });

  it('takes the order of the sites from the digests, not from the plan', async () => {
    const out = copied();
    rewrite(out, 'diptych.out/digests.json', (digests) => {
      digests.deploymentOrder = ['dublin', 'basildon'];
    });
    expect((await loadArtifacts(out)).artifacts?.sites.map(({ id }) => id)).toEqual(['dublin', 'basildon']);
  });

  it('accepts the description that the artifacts were made from, in either form, and refuses another', async () => {
    const out = copied();
    expect((await loadArtifacts(out, { estate: meridian })).problems).toEqual([]);
    const other = join(folderOfTest(), 'estate.yaml');
    writeFileSync(other, readFileSync(meridian, 'utf8').replace(/^estate: .*$/m, 'estate: other'));
    expect(codesOf((await loadArtifacts(out, { estate: other })).problems)).toEqual(['ART006 diptych.out/digests.json']);
  });

  it('reports a description that cannot be loaded', async () => {
    expect((await loadArtifacts(copied(), { estate: 'no-such-estate.yaml' })).problems).toHaveLength(1);
  });

  it('notices files that change while it is used', async () => {
    const out = copied();
    const { artifacts } = await loadArtifacts(out);
    appendFileSync(join(out, 'cdk.out/dublin-network.template.json'), ' ');
    expect(artifacts?.digestNow()).not.toBe(artifacts?.digest);
  });

  it.each([
    ['a plan that was edited', 'diptych.out/plan.json', 'ART002'],
    ['a template that was edited', 'cdk.out/dublin-tiers-0.template.json', 'ART002'],
  ])('refuses %s, and accepts it with a warning where editing is allowed', async (_what, path, code) => {
    const out = copied();
    appendFileSync(join(out, path), '\n');
    expect(codesOf((await loadArtifacts(out)).problems)).toEqual([`${code} ${path}`]);
    const { artifacts, problems } = await loadArtifacts(out, { allowEdited: true });
    expect(problems).toEqual([]);
    expect(codesOf(artifacts?.warnings ?? [])).toEqual([`${code} ${path}`]);
    expect(artifacts?.digestNow()).toBe(artifacts?.digest);
  });

  it('accepts artifacts without digests, of another version, or beside a file for Terraform where editing is allowed', async () => {
    const unfinished = copied();
    rmSync(join(unfinished, 'diptych.out/digests.json'));
    const one = await loadArtifacts(unfinished, { allowEdited: true });
    expect(codesOf(one.artifacts?.warnings ?? [])).toEqual(['ART001 diptych.out/digests.json']);
    expect(one.artifacts?.sites).toHaveLength(2);
    const other = copied();
    writeFileSync(join(other, 'cdktf.out/stacks/basildon-core/own.tf'), '');
    rewrite(other, 'diptych.out/digests.json', (digests) => {
      digests.diptych = '0.0.1';
    });
    const two = await loadArtifacts(other, { allowEdited: true });
    expect(two.artifacts?.warnings.map(({ code }) => code)).toEqual(['ART005', 'ART007']);
  });

  it('refuses what it cannot read even where editing is allowed', async () => {
    const noManifest = copied();
    rmSync(join(noManifest, 'cdk.out/manifest.json'));
    expect(codesOf((await loadArtifacts(noManifest, { allowEdited: true })).problems)).toEqual(['ART008 cdk.out/manifest.json']);
    const oldPlan = copied();
    rewrite(oldPlan, 'diptych.out/plan.json', (plan) => {
      plan.version = 'diptych/plan/0';
    });
    expect(codesOf((await loadArtifacts(oldPlan, { allowEdited: true })).problems)).toEqual(['ART009 diptych.out/plan.json']);
    const noSites = copied();
    rewrite(noSites, 'diptych.out/plan.json', (plan) => {
      delete plan.sites;
    });
    expect(codesOf((await loadArtifacts(noSites, { allowEdited: true })).problems)).toEqual(['ART008 diptych.out/plan.json']);
    const unknownStack = copied();
    rewrite(unknownStack, 'cdk.out/manifest.json', ({ artifacts }) => {
      const stacks = artifacts as Record<string, unknown>;
      stacks['dublin-certificates'] = stacks['dublin-network'];
    });
    expect(codesOf((await loadArtifacts(unknownStack, { allowEdited: true })).problems)).toEqual(['ART010 cdk.out/manifest.json']);
  });
});

describe('a machine that has the artifacts and not the source of the estate', () => {
  /** Runs a command in a folder that holds the artifacts only, while no control plane answers. */
  function run(out: string, ...args: readonly string[]) {
    const kubeconfig = join(out, 'kubeconfig');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'own', cluster: { server: nowhere } }],
        users: [{ name: 'own', user: {} }],
        contexts: [{ name: 'basildon-production', context: { cluster: 'own', user: 'own' } }],
      }),
    );
    const credentials = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: nowhere, AWS_MAX_ATTEMPTS: '1' };
    return diptych(args, { cwd: out, env: { ...credentials, KUBECONFIG: kubeconfig } });
  }

  it('writes manifests', () => {
    const out = copied();
    const { status, stderr } = run(out, 'manifests');
    expect([status, stderr]).toEqual([0, expect.stringContaining('basildon-core')]);
    expect(readFileSync(join(out, 'diptych.out/manifests/basildon-core/00-cluster-wide.yaml'), 'utf8')).toContain('kind: Namespace');
  });

  it.each([
    ['deploy', '--plan'],
    ['deploy', '--stacks', 'tiers'],
    ['destroy', '--yes'],
    ['probe', '--json'],
  ])('gets as far as the control planes with %s %s', (...args) => {
    const { status, stdout, stderr } = run(copied(), ...args);
    expect(status, stderr).toBe(3);
    expect(`${stdout}${stderr}`).toContain('DEP002');
    expect(`${stdout}${stderr}`).toContain('basildon');
  });

  it('refuses to deploy stacks of a kind that there is not', () => {
    const out = copied();
    expect(run(out, 'deploy', '--stacks', 'certificates').status).toBe(2);
  });
});
