import { StepFailure } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { Objects } from '../kubernetes/client/objects';
import { namespacesInUse } from '../kubernetes/namespaces-in-use';
import type { PlannedChange } from './saved-plan';

/** A namespace as stored in Terraform state. */
interface NamespaceState {
  readonly metadata: readonly { readonly name: string }[];
}

/**
 * Refuses a plan that would delete a namespace that is still in use; Terraform would delete its contents without asking.
 *
 * @throws {StepFailure} DEP014
 */
export async function refuseNamespacesInUse(
  stack: string,
  changes: readonly PlannedChange[],
  objects: Objects,
  say: (line: string) => void,
): Promise<void> {
  const leaving = new Map(changes.filter(isNamespaceGoing).map(({ address, change }) => [nameOf(change.before), address]));
  const ours = { own: new Set<string>(), owner: { by: 'terraform' } } as const;
  const inUse = await namespacesInUse(objects, { namespaces: [...leaving.keys()], ...ours }, say);
  if (inUse.size === 0) return;
  const names = [...inUse].sort();
  const addresses = names.map((name) => leaving.get(name)).join(' ');
  throw new StepFailure(
    deploymentProblem('DEP014', stack, {
      wrong: `Terraform would delete objects that Diptych did not create, with ${names.length > 1 ? 'namespaces' : 'namespace'} ${names.join(', ')}`,
      rule: 'they must be moved before their namespace is removed',
      fix: `The log of the step lists the objects. Move them, or keep the namespace: terraform state rm ${addresses}`,
    }),
  );
}

function isNamespaceGoing({ type, change }: PlannedChange): boolean {
  return /^kubernetes_namespace(?:_v1)?$/.test(type) && change.actions.includes('delete');
}

function nameOf(namespace: unknown): string {
  return (namespace as NamespaceState).metadata[0]?.name ?? '';
}
