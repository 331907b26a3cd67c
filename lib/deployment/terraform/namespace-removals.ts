import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import type { Objects } from '../kubernetes/client/objects';
import { namespacesInUse } from '../kubernetes/namespaces-in-use';
import type { PlannedChange } from './saved-plan';

/** A namespace in Terraform's state. */
interface NamespaceState {
  readonly metadata: readonly { readonly name: string }[];
}

/**
 * Refuses to take a namespace away that holds what others made: Terraform would take it all along, and ask nobody.
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
    problem('DEP014', stack, {
      cannot: `take away ${names.length > 1 ? 'namespaces' : 'a namespace'}`,
      as: 'what others keep in a namespace must not go with it unasked',
      value: names,
      fix: `The log of the step names what is there. Move it, or let the namespace stay: terraform state rm ${addresses}`,
    }),
  );
}

function isNamespaceGoing({ type, change }: PlannedChange): boolean {
  return /^kubernetes_namespace(?:_v1)?$/.test(type) && change.actions.includes('delete');
}

function nameOf(namespace: unknown): string {
  return (namespace as NamespaceState).metadata[0]?.name ?? '';
}
