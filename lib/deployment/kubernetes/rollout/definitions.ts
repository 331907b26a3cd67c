import { problem } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { nameOf, type Objects } from '../client/objects';
import { poll } from '../client/requests';
import type { Condition } from './diagnosis';

/** Seconds in which an API server has to serve what is newly defined; it takes one. */
const timeoutSeconds = 60;

/**
 * Waits until the API server serves the kinds that some definitions define.
 *
 * @throws {StepFailure} DEP006 where it does not in time, such as for names that another definition has
 */
export async function waitForDefinitions(objects: Objects, applied: readonly KubernetesObject[], signal: AbortSignal): Promise<void> {
  for (const definition of applied.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
    let conditions: readonly Condition[] = [];
    const isEstablished = async () => {
      conditions = conditionsOf(await objects.read(definition));
      return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
    };
    if (!(await poll(isEstablished, { seconds: timeoutSeconds, intervalMilliseconds: 200, signal })))
      throw unserved(definition, conditions);
  }
}

function conditionsOf(definition: KubernetesObject | undefined): readonly Condition[] {
  return ((definition?.status ?? {}) as { conditions?: readonly Condition[] }).conditions ?? [];
}

function unserved(definition: KubernetesObject, conditions: readonly Condition[]): StepFailure {
  const said = conditions.filter(({ status }) => status !== 'True').map(({ message }) => message);
  const as = `the API server must serve it within ${timeoutSeconds} s`;
  const fix = `Mend what the conditions of ${nameOf(definition)} name, and run the same command again.`;
  return new StepFailure(problem('DEP006', nameOf(definition), { cannot: 'define the kind', as, value: said.join('; '), fix }));
}
