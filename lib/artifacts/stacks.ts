import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Half, Site } from './site';
import { levelOf, siteOfStack } from './stack-kinds';

/** Where a stack belongs, and when its turn comes. */
export interface PlacedStack {
  readonly name: string;
  readonly site: string;
  readonly half: Half;
  /** Names of the stacks that have to be done before it. */
  readonly after: readonly string[];
}

/** One stack of an artifact: what is deployed at once. */
export interface Stack extends PlacedStack {
  /** The file that says everything of it. */
  readonly file: string;
}

/** The folders that a synthesis wrote. */
export interface Outputs {
  readonly cloud: string;
  readonly terraform: string;
  readonly diptych: string;
}

interface CloudManifest {
  readonly artifacts: Readonly<
    Record<
      string,
      { readonly type: string; readonly dependencies?: readonly string[]; readonly properties?: { readonly templateFile: string } }
    >
  >;
}

interface TerraformManifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[]; readonly synthesizedStackPath: string }>>;
}

/** The stacks of both halves that belong to some sites, each after those it depends on. */
export function readStacks(outputs: Outputs, sites: readonly Site[]): Stack[] {
  return inOrder([...cloudStacks(outputs.cloud, sites), ...terraformStacks(outputs.terraform, sites)]);
}

/** The same stacks in the order in which they are destroyed: each after those that depend on it. */
export function reversed<Any extends PlacedStack>(stacks: readonly Any[]): Any[] {
  return [...stacks].reverse().map((stack) => {
    const dependents = stacks.filter(({ after }) => after.includes(stack.name)).map(({ name }) => name);
    return { ...stack, after: dependents };
  });
}

/** Stacks of the cloud from the top to the bottom: each after all that stand above it and may use what it exports. */
export function fromTheTop<Any extends PlacedStack>(stacks: readonly Any[]): Any[] {
  const level = ({ name }: PlacedStack) => levelOf(name);
  const above = (stack: PlacedStack) => stacks.filter((other) => level(other) > level(stack)).map(({ name }) => name);
  return [...stacks].sort((one, other) => level(other) - level(one)).map((stack) => ({ ...stack, after: above(stack) }));
}

function cloudStacks(folder: string, sites: readonly Site[]): Stack[] {
  const { artifacts } = readJson<CloudManifest>(join(folder, 'manifest.json'));
  return Object.entries(artifacts).flatMap(([name, { type, dependencies = [], properties }]) => {
    const site = siteOf(name, sites, 'cloud');
    if (type !== 'aws:cloudformation:stack' || !site || !properties) return [];
    const after = dependencies.filter((other) => artifacts[other]?.type === type);
    return [{ name, site: site.id, half: site.kind, after, file: join(folder, properties.templateFile) }];
  });
}

function terraformStacks(folder: string, sites: readonly Site[]): Stack[] {
  const { stacks } = readJson<TerraformManifest>(join(folder, 'manifest.json'));
  return Object.entries(stacks).flatMap(([name, { dependencies: after, synthesizedStackPath }]) => {
    const site = siteOf(name, sites, 'on-prem');
    return site ? [{ name, site: site.id, half: site.kind, after, file: join(folder, synthesizedStackPath) }] : [];
  });
}

function siteOf(stack: string, sites: readonly Site[], half: Half): Site | undefined {
  const owner = siteOfStack(stack);
  return sites.find(({ id, kind }) => id === owner && kind === half);
}

function inOrder(stacks: readonly Stack[]): Stack[] {
  const placed = new Set<string>();
  const names = new Set(stacks.map(({ name }) => name));
  const ordered: Stack[] = [];
  while (ordered.length < stacks.length) {
    const next = stacks.filter(({ name, after }) => !placed.has(name) && after.every((other) => placed.has(other) || !names.has(other)));
    if (next.length === 0) throw new Error('Cannot order the stacks as they depend on each other in a ring');
    for (const stack of next) placed.add(stack.name);
    ordered.push(...next);
  }
  return ordered;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
