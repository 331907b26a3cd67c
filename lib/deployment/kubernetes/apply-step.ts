import type { Stack } from '../../artifacts/stacks';
import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import { deploymentProblem } from '../codes';
import type { Step, StepContext, StepResult } from '../model/step';
import { type Applied, applyStack } from './apply';
import { ApiError } from './client/api-error';
import type { Objects } from './client/objects';

/** Step that applies one stack with server-side apply. */
export function applyStep(stack: Stack, estate: string, objects: Objects): Step {
  return { stack, by: 'apply', run: (context) => deploy(stack, estate, objects, context) };
}

async function deploy(stack: Stack, estate: string, objects: Objects, { signal, say }: StepContext): Promise<StepResult> {
  try {
    const applied = await applyStack({ objects, stack: stack.name, estate, wanted: stackObjects(stack), signal, say });
    return resultOf(applied);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new StepFailure(
      deploymentProblem('DEP013', stack.name, {
        wrong: `the API server answered ${quote(`${error.brief}: ${error.message}`)}`,
        rule: 'it must accept every object of the stack',
        fix: 'Grant the permission or correct the description, and run the same command again.',
      }),
    );
  }
}

function resultOf({ created, changed, unchanged, removed, kept }: Applied): StepResult {
  const touched = created.length + changed.length + removed.length;
  const counts = { created, changed, removed, unchanged, kept };
  const said = Object.entries(counts).flatMap(([word, names]) => (names.length > 0 ? [`${names.length} ${word}`] : []));
  return { changed: touched > 0, summary: touched > 0 ? said.join(', ') : 'nothing changed' };
}
