import { readFileSync } from 'node:fs';
import { DescriptionError, type Problem } from '../../core/problem';
import { readbackProblem } from '../codes';
import type { KubernetesObject } from '../kubernetes/object';
import { readObjects } from './objects';

/** Object of a stack, with its protection against deletion. */
export interface StackObject {
  readonly object: KubernetesObject;
  /** True if the resource sets `prevent_destroy`. */
  readonly isProtected: boolean;
}

interface Resource {
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

/**
 * Returns the objects of a stack, read from its emitted Terraform alone.
 *
 * @throws {DescriptionError} RDB001 to RDB004 if any resource of the stack cannot be read
 */
export function stackObjects(stack: { readonly name: string; readonly file: string }): StackObject[] {
  const json = JSON.parse(readFileSync(stack.file, 'utf8')) as { resource?: Record<string, Record<string, Record<string, unknown>>> };
  const { objects, problems } = readObjects(stack.name, json);
  if (problems.length > 0) throw new DescriptionError(problems);
  return objects.map(({ address, object }) => {
    const [type = '', name = ''] = address.split('.');
    const resource = json.resource?.[type]?.[name] as Resource | undefined;
    return { object, isProtected: resource?.lifecycle?.prevent_destroy === true };
  });
}

/** Returns the problem of an option --site that names no on-prem site of the artifacts. */
export function unknownOnPremSite(site: string, known: readonly string[]): Problem {
  const fix = known.length > 0 ? `Name one of ${known.join(', ')}.` : 'Add an on-prem site to the estate.';
  const wrong = 'the artifacts have no on-prem site of this name';
  return readbackProblem('RDB005', '--site', { wrong, rule: '--site must name an on-prem site', got: site, fix });
}
