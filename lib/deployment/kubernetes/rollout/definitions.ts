import { quote } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { deploymentProblem } from '../../codes';
import { nameOf, type Objects } from '../client/objects';
import { poll } from '../client/requests';
import type { Condition } from './diagnosis';

/** Seconds to wait for a new definition to be served; one second is usual. */
const timeoutSeconds = 60;

/**
 * Waits until the API server serves the kinds of the applied CustomResourceDefinitions.
 *
 * @throws {StepFailure} DEP023 on timeout, such as if a name conflicts with another definition
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
  return new StepFailure(
    deploymentProblem('DEP023', nameOf(definition), {
      wrong: `the API server does not serve the kind: ${quote(said.join('; '))}`,
      rule: `a definition must be established within ${timeoutSeconds} s`,
      fix: `Correct what the conditions of ${nameOf(definition)} report, and run the same command again.`,
    }),
  );
}
