import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStacks, requireKinds, stackProblems } from '../../lib/artifacts/stacks';
import { Refusal } from '../../lib/core/refusal';
import { cloud, own, synthesized, writeManifests } from '../fixtures/artifacts';

/** The codes and paths by which something is refused. */
function refusal(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return (error as Refusal).problems.map(({ code, path }) => `${code} ${path}`);
  }
}

describe('readStacks', () => {
  it('readStacks returns only stacks of the chosen sites, even if names of other sites start with the same text', () => {
    const folders = synthesized();
    writeManifests(folders, {
      inCloud: ['cloud-network', 'cloud-tiers-0', 'cloud-tiers-network', 'cloud-tiers-tiers-0'],
      onPrem: ['own-core', 'own-tiers', 'own-dr-core', 'own-dr-tiers'],
    });
    const names = (...sites: Parameters<typeof readStacks>[1]) => readStacks(folders, sites).map(({ name }) => name);
    expect(names(own)).toEqual(['own-core', 'own-tiers']);
    expect(names(cloud)).toEqual(['cloud-network', 'cloud-tiers-0']);
    expect(names({ ...cloud, id: 'cloud-tiers' })).toEqual(['cloud-tiers-network', 'cloud-tiers-tiers-0']);
  });

  it('readStacks returns each stack after the stacks that it depends on', () => {
    const folders = synthesized();
    const after = { 'own-core': ['own-extensions'], 'own-extensions': ['own-tiers'] };
    writeManifests(folders, { onPrem: ['own-core', 'own-extensions', 'own-tiers'], after });
    expect(readStacks(folders, [own]).map(({ name }) => name)).toEqual(['own-tiers', 'own-extensions', 'own-core']);
  });

  it('readStacks refuses a cycle of dependencies', () => {
    const folders = synthesized();
    writeManifests(folders, { onPrem: ['own-core', 'own-tiers'], after: { 'own-core': ['own-tiers'], 'own-tiers': ['own-core'] } });
    expect(refusal(() => readStacks(folders, [own]))).toEqual(['ART012 manifest.json']);
  });

  it.each([
    ['cdk.out', { inCloud: ['cloud-network', 'cloud-certificates'] }],
    ['cdk.out', { inCloud: ['cloud-core'] }],
    ['cdktf.out', { onPrem: ['own-core', 'own-operators'] }],
    ['cdktf.out', { onPrem: ['own-zones-0'] }],
  ])('readStacks refuses a stack of an unknown kind in the manifest of %s: %o', (folder, manifests) => {
    const folders = synthesized();
    writeManifests(folders, manifests);
    expect(refusal(() => readStacks(folders, []))).toEqual([`ART010 ${folder}/manifest.json`]);
    expect(stackProblems(folders, [own, cloud]).map(({ code }) => code)).toEqual(['ART010']);
  });

  it.each(['{', '{"stacks":{"own-core":{}}}'])('readStacks refuses a manifest that is %s', (text) => {
    const folders = synthesized();
    writeFileSync(join(folders.terraform, 'manifest.json'), text);
    expect(refusal(() => readStacks(folders, [own]))).toEqual(['ART008 cdktf.out/manifest.json']);
  });
});

describe('stackProblems', () => {
  it('stackProblems reports a stack whose site is not in the plan or has the other kind', () => {
    const folders = synthesized();
    expect(stackProblems(folders, [own, cloud])).toEqual([]);
    expect(stackProblems(folders, [own]).map(({ code, path }) => `${code} ${path}`)).toEqual(['ART011 cdk.out/manifest.json']);
    expect(stackProblems(folders, [{ ...own, id: 'cloud' }, cloud]).map(({ path }) => path)).toEqual(['cdktf.out/manifest.json']);
  });
});

describe('requireKinds', () => {
  it('requireKinds refuses a kind without stacks and names the existing kinds', () => {
    const stacks = readStacks(synthesized(), [own, cloud]);
    expect(refusal(() => requireKinds(stacks, ['core', 'network']))).toEqual([]);
    expect(refusal(() => requireKinds(stacks, ['core', 'tiers', 'flows']))).toEqual(['ART013 --stacks', 'ART013 --stacks']);
    expect(() => requireKinds(stacks, ['tiers'])).toThrow(Refusal);
  });
});
