import type { CloudClients } from '../../../lib/deployment/aws/clients';
import type { DeclaredResource } from '../../../lib/deployment/probe/readers/reader';
import type { Edit } from './edit';

/** A way to edit a resource. */
export type Way = (clients: CloudClients, resource: DeclaredResource) => Edit;

/** Name of a resource in findings. */
export function nameOf({ stack, logicalId }: DeclaredResource): string {
  return `${stack}/${logicalId}`;
}

/** Edits one attribute, and returns how to undo it. */
export function drift(resource: DeclaredResource, change: () => Promise<unknown>, undo: () => Promise<unknown>): Edit {
  return {
    target: nameOf(resource),
    async make() {
      await change();
      return { finding: `drifted ${nameOf(resource)}`, undo };
    },
  };
}
