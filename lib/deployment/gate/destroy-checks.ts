import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { Protection } from '../model/preflight';

/**
 * Refuses to destroy stacks while anything in them is protected.
 *
 * @throws {Refusal} DEP009
 */
export function refuseProtected(protections: readonly Protection[]): void {
  const blocking = protections.filter(({ blocks }) => blocks);
  if (blocking.length === 0) return;
  throw new Refusal('refused', [
    deploymentProblem('DEP009', 'destroy', {
      wrong: `${blocking.length === 1 ? '1 protected resource' : `${blocking.length} protected resources`} would be destroyed`,
      rule: 'protected resources must be destroyed explicitly',
      fix: 'Run it with --unprotect.',
    }),
  ]);
}

/**
 * Refuses to destroy without confirmation.
 *
 * @throws {Refusal} DEP010
 */
export function refuseUnconfirmed(): never {
  throw new Refusal('refused', [
    deploymentProblem('DEP010', 'destroy', {
      wrong: 'there is no terminal on which to ask for confirmation',
      rule: 'destroying an estate must be confirmed',
      fix: 'Run it with --yes.',
    }),
  ]);
}
