import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../core/problem';
import { Refusal } from '../core/refusal';
import { artifactProblem } from './codes';
import { type ArtifactFolders, pathOf } from './folders';
import { type Read, readJson } from './json';
import type { Half, Site } from './site';
import { isOfKind, levelOf, parseStackName, type StackKind, unknownStackKind } from './stack-kinds';

/** Site of a stack and its position in the order of deployment. */
export interface PlacedStack {
  readonly name: string;
  readonly site: string;
  readonly half: Half;
  /** Names of the stacks that must be deployed before this one. */
  readonly after: readonly string[];
}

/** One emitted stack, which is deployed as a unit. */
export interface Stack extends PlacedStack {
  /** The emitted template, or Terraform JSON. */
  readonly file: string;
}

const cloudManifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z.looseObject({ templateFile: z.string().optional() }).optional(),
    }),
  ),
});

const terraformManifest = z.object({
  stacks: z.record(z.string(), z.object({ dependencies: z.array(z.string()), synthesizedStackPath: z.string() })),
});

/** Entry of a stack in a manifest. */
type Listed = Omit<Stack, 'site'>;

/**
 * Returns the CloudFormation and Terraform stacks of the given sites, each after the stacks that it depends on.
 *
 * @throws {Refusal} ART008 for a manifest that cannot be read, ART010 for a stack of an unknown kind at any site, ART012 for a cycle of dependencies
 */
export function readStacks(folders: ArtifactFolders, sites: readonly Site[]): Stack[] {
  const { stacks, problems } = listStacks(folders);
  if (problems.length > 0) throw new Refusal('refused', problems);
  return inOrder(stacks.filter(({ site, half }) => sites.some(({ id, kind }) => id === site && kind === half)));
}

/** Checks the stacks of the manifests against the sites of the plan, and returns problems ART008, ART010 and ART011. */
export function stackProblems(folders: ArtifactFolders, sites: readonly Site[]): Problem[] {
  const { stacks, problems } = listStacks(folders);
  const strays = stacks.filter(({ site, half }) => !sites.some(({ id, kind }) => id === site && kind === half));
  return [...problems, ...strays.map((stack) => strayStack(manifestPath(folders, stack.half), stack))];
}

/**
 * Checks that there is a stack of each chosen kind.
 *
 * @throws {Refusal} ART013 for a kind without a stack
 */
export function requireKinds(stacks: readonly PlacedStack[], kinds: readonly StackKind[]): void {
  const present = [...new Set(stacks.flatMap(({ name }) => parseStackName(name)?.kind ?? []))];
  const problems = kinds
    .filter((kind) => !stacks.some((stack) => isOfKind(stack, [kind])))
    .map((kind) =>
      artifactProblem('ART013', '--stacks', {
        wrong: `the chosen sites have no stack of kind ${kind}`,
        rule: 'every kind that is named must have a stack',
        fix: `Their kinds are ${present.join(', ')}.`,
      }),
    );
  if (problems.length > 0) throw new Refusal('refused', problems);
}

/** Returns stacks in the order of removal: each after the stacks that depend on it. */
export function reversed<Any extends PlacedStack>(stacks: readonly Any[]): Any[] {
  return [...stacks].reverse().map((stack) => {
    const dependents = stacks.filter(({ after }) => after.includes(stack.name)).map(({ name }) => name);
    return { ...stack, after: dependents };
  });
}

/** Orders CloudFormation stacks for removal: each after all stacks of higher levels, which may import its exports. */
export function fromTheTop<Any extends PlacedStack>(stacks: readonly Any[]): Any[] {
  const level = ({ name }: PlacedStack) => levelOf(name);
  const above = (stack: PlacedStack) => stacks.filter((other) => level(other) > level(stack)).map(({ name }) => name);
  return [...stacks].sort((one, other) => level(other) - level(one)).map((stack) => ({ ...stack, after: above(stack) }));
}

function manifestPath(folders: ArtifactFolders, half: Half): string {
  return pathOf(folders, join(half === 'cloud' ? folders.cloud : folders.terraform, 'manifest.json'));
}

/** Returns the stacks of both manifests, and problems with stacks whose names are unknown. */
function listStacks(folders: ArtifactFolders): { stacks: Stack[]; problems: Problem[] } {
  const found: { stacks: Stack[]; problems: Problem[] } = { stacks: [], problems: [] };
  for (const read of [cloudStacks(folders), terraformStacks(folders)]) {
    if ('problem' in read) found.problems.push(read.problem);
    else
      for (const stack of read.data) {
        const parsed = parseStackName(stack.name);
        if (parsed?.half === stack.half) found.stacks.push({ ...stack, site: parsed.site });
        else found.problems.push(unknownStackKind(manifestPath(folders, stack.half), stack.name));
      }
  }
  return found;
}

function cloudStacks(folders: ArtifactFolders): Read<Listed[]> {
  const read = readJson(join(folders.cloud, 'manifest.json'), manifestPath(folders, 'cloud'), cloudManifest);
  if ('problem' in read) return read;
  const { artifacts } = read.data;
  const isStack = (name: string) => artifacts[name]?.type === 'aws:cloudformation:stack';
  const stacks = Object.entries(artifacts).filter(([name]) => isStack(name));
  const data = stacks.map(([name, { dependencies, properties }]): Listed => {
    const file = join(folders.cloud, properties?.templateFile ?? `${name}.template.json`);
    return { name, half: 'cloud', after: dependencies.filter(isStack), file };
  });
  return { data };
}

function terraformStacks(folders: ArtifactFolders): Read<Listed[]> {
  const read = readJson(join(folders.terraform, 'manifest.json'), manifestPath(folders, 'on-prem'), terraformManifest);
  if ('problem' in read) return read;
  const data = Object.entries(read.data.stacks).map(([name, { dependencies: after, synthesizedStackPath }]): Listed => {
    return { name, half: 'on-prem', after, file: join(folders.terraform, synthesizedStackPath) };
  });
  return { data };
}

function strayStack(path: string, { name, site, half }: Stack): Problem {
  return artifactProblem('ART011', path, {
    wrong: `stack ${name} belongs to site ${site}, which the plan does not have ${half === 'cloud' ? 'in the cloud' : 'on-prem'}`,
    rule: 'every stack must belong to a site of the plan',
    fix: 'Run npx diptych synth again.',
  });
}

function inOrder(stacks: readonly Stack[]): Stack[] {
  const placed = new Set<string>();
  const names = new Set(stacks.map(({ name }) => name));
  const ordered: Stack[] = [];
  while (ordered.length < stacks.length) {
    const next = stacks.filter(({ name, after }) => !placed.has(name) && after.every((other) => placed.has(other) || !names.has(other)));
    if (next.length === 0) throw new Refusal('refused', [circle(stacks.filter(({ name }) => !placed.has(name)))]);
    for (const stack of next) placed.add(stack.name);
    ordered.push(...next);
  }
  return ordered;
}

function circle(stacks: readonly Stack[]): Problem {
  return artifactProblem('ART012', 'manifest.json', {
    wrong: `the stacks ${stacks.map(({ name }) => name).join(', ')} depend on each other`,
    rule: 'every stack must come after those it depends on',
    fix: 'Run npx diptych synth again.',
  });
}
