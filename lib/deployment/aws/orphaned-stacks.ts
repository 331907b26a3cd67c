import type { CloudSite } from '../../artifacts/site';
import { fromTheTop, type Stack } from '../../artifacts/stacks';
import { Refusal } from '../../core/refusal';
import type { Template } from '../../readback/cloudformation/template';
import { deploymentProblem } from '../codes';
import type { OrphanedStack } from '../model/orphaned-stack';
import { templateOf } from './deployed';
import type { LiveStack } from './live-stacks';

/** Deployed stacks of a site that are no longer emitted, in an order in which they can be deleted. */
export function orphanedStacks({ id: site }: CloudSite, emitted: readonly Stack[], live: readonly LiveStack[]): OrphanedStack[] {
  const left = live.filter((stack) => !isEmitted(stack, emitted));
  return fromTheTop(left.map(({ name, template }): OrphanedStack => ({ name, site, half: 'cloud', after: [], template })));
}

/**
 * Orders the stacks of a site for deployment, including orphaned stacks to be deleted.
 *
 * CloudFormation refuses to remove an export that another stack imports. If an update would do that, the importing stacks go first, so the
 * order is reversed: from the tiers down to the network.
 *
 * @throws {Refusal} DEP017 if the reversed order is needed but a stack also imports a value that is not exported yet
 */
export function inDeployableOrder(site: CloudSite, emitted: readonly Stack[], live: readonly LiveStack[]): (Stack | OrphanedStack)[] {
  const left = orphanedStacks(site, emitted, live);
  const templates = emitted.map(templateOf);
  const [exported, imported] = [exportsOf(templates), importsOf(templates)];
  const liveImports = importsOf(templatesOf(live));
  // The imports of a stack are unknown while CloudFormation is updating it.
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

/** Prefixes of export names, which name the stack and the zone. */
function zonesOf(exported: readonly string[]): string[] {
  return [...new Set(exported.map((name) => name.split(':').slice(0, 2).join(':')))].sort();
}

function neitherOrder({ id }: CloudSite, awaited: readonly string[], lost: readonly string[]): Refusal {
  return new Refusal('refused', [
    deploymentProblem('DEP017', `sites/${id}`, {
      wrong: `the description adds ${zonesOf(awaited).join(', ')} and removes ${zonesOf(lost).join(', ')} at once`,
      rule: 'zones must be added and removed in separate deployments',
      fix: 'Deploy twice: first without the removed and without the added zones, then the complete description.',
    }),
  ]);
}
