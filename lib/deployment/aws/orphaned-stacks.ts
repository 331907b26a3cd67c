import type { CloudSite } from '../../artifacts/site';
import { fromTheTop, type Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { Template } from '../../readback/cloudformation/template';
import type { OrphanedStack } from '../model/orphaned-stack';
import { templateOf } from './deployed';
import type { LiveStack } from './live-stacks';

/** The live stacks of a site that nothing emits any more, in the order in which they can go. */
export function orphanedStacks({ id: site }: CloudSite, emitted: readonly Stack[], live: readonly LiveStack[]): OrphanedStack[] {
  const left = live.filter((stack) => !isEmitted(stack, emitted));
  return fromTheTop(left.map(({ name, template }): OrphanedStack => ({ name, site, half: 'cloud', after: [], template })));
}

/**
 * The stacks of a site in the order in which they are deployed and, where nothing emits them any more, taken away.
 *
 * CloudFormation lets no stack lose an export that another one still imports. So where any would, those that cease to import go first: from
 * the top to the bottom, instead of from the bottom to the top.
 *
 * @throws {Refusal} DEP017 where another stack needs an export that is not there yet, so that neither order will do
 */
export function inDeployableOrder(site: CloudSite, emitted: readonly Stack[], live: readonly LiveStack[]): (Stack | OrphanedStack)[] {
  const left = orphanedStacks(site, emitted, live);
  const templates = emitted.map(templateOf);
  const [exported, imported] = [exportsOf(templates), importsOf(templates)];
  const liveImports = importsOf(templatesOf(live));
  // What one of them still imports is not known before CloudFormation is done with it.
  const isBusy = live.some((stack) => stack.isBusy);
  const lost = [...exportsOf(templatesOf(live.filter((stack) => isEmitted(stack, emitted))))].filter(
    (name) => !exported.has(name) && (isBusy || liveImports.has(name)),
  );
  if (lost.length === 0) {
    const before = emitted.map(({ name }) => name);
    return [...emitted, ...left.map((stack) => ({ ...stack, after: [...before, ...stack.after] }))];
  }
  const liveExports = exportsOf(templatesOf(live));
  const awaited = [...imported].filter((name) => exported.has(name) && !liveExports.has(name));
  if (awaited.length > 0) throw neitherOrder(site, awaited, lost);
  return fromTheTop([...emitted, ...left]);
}

function isEmitted({ name }: LiveStack, emitted: readonly Stack[]): boolean {
  return emitted.some((stack) => stack.name === name);
}

function templatesOf(live: readonly LiveStack[]): Template[] {
  return live.map(({ template }) => template);
}

function exportsOf(templates: readonly Template[]): Set<string> {
  return new Set(templates.flatMap(({ Outputs = {} }) => Object.values(Outputs).flatMap(({ Export }) => Export?.Name ?? [])));
}

function importsOf(templates: readonly Template[]): Set<string> {
  return new Set([...JSON.stringify(templates).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].flatMap(([, name]) => name ?? []));
}

/** What exports are named after: the stack, and the zone in it. */
function zonesOf(exported: readonly string[]): string[] {
  return [...new Set(exported.map((name) => name.split(':').slice(0, 2).join(':')))].sort();
}

function neitherOrder({ id }: CloudSite, awaited: readonly string[], lost: readonly string[]): Refusal {
  return new Refusal('refused', [
    problem('DEP017', `sites/${id}`, {
      cannot: 'find an order for its stacks',
      as: 'what comes is deployed from the bottom to the top, and what goes from the top to the bottom',
      value: { toCome: zonesOf(awaited), toGo: zonesOf(lost) },
      fix: 'Deploy twice: first without the zones that go and without those that come, then the whole.',
    }),
  ]);
}
