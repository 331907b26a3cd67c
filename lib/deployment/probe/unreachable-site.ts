import type { Site } from '../../artifacts/site';
import type { Stack } from '../../artifacts/stacks';
import type { Finding } from '../../core/finding';
import type { Problem } from '../../core/problem';
import { stackObjects } from '../../readback/terraform/stack-objects';
import { templateOf } from '../aws/deployed';
import { nameOf } from '../kubernetes/client/objects';

/** Returns an `unknown` finding for every emitted resource of a site whose control plane does not answer. */
export function unreachableSiteFindings({ id, kind }: Site, stacks: readonly Stack[], problems: readonly Problem[]): Finding[] {
  const reason = `the control plane of ${id} does not answer [${problems.map(({ code }) => code).join(', ')}]`;
  return stacks
    .flatMap((stack) => (kind === 'cloud' ? resourcesOf(stack) : objectsOf(stack)))
    .map((about): Finding => ({ site: id, ...about, verdict: 'unknown', differences: [], unknown: [], reason }));
}

type Named = Pick<Finding, 'type' | 'resource'>;

function resourcesOf(stack: Stack): Named[] {
  return Object.entries(templateOf(stack).Resources).map(([logicalId, { Type }]) => ({
    type: Type,
    resource: `${stack.name}/${logicalId}`,
  }));
}

function objectsOf(stack: Stack): Named[] {
  return stackObjects(stack).map(({ object }) => ({ type: object.kind, resource: nameOf(object) }));
}
