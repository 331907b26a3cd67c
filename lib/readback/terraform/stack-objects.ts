import { readFileSync } from 'node:fs';
import { DescriptionError } from '../../core/problem';
import type { KubernetesObject } from '../kubernetes/object';
import { readObjects } from './objects';

/** An object that a stack describes, and how it is to be treated. */
export interface StackObject {
  readonly object: KubernetesObject;
  /** It must not be destroyed by a slip of the hand. */
  readonly isProtected: boolean;
}

interface Resource {
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

/**
 * The objects of a stack, from its emitted Terraform alone.
 *
 * @throws {DescriptionError} RDB001 to RDB004 where it cannot be read whole
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
