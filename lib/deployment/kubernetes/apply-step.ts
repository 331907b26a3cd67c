import type { Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import type { Step, StepContext, StepResult } from '../model/step';
import { type Applied, applyStack } from './apply';
import { ApiError } from './client/connection';
import type { Objects } from './client/objects';

/** The step that applies one stack of the on-prem half. */
export function applyStep(stack: Stack, estate: string, objects: Objects): Step {
  return { stack, by: 'apply', run: (context) => deploy(stack, estate, objects, context) };
}

async function deploy(stack: Stack, estate: string, objects: Objects, { signal, say }: StepContext): Promise<StepResult> {
  try {
    const applied = await applyStack({ objects, stack: stack.name, estate, wanted: stackObjects(stack), signal, say });
    return resultOf(applied);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const fix = 'Read the reason; grant the permission or correct the description, and run the same command again.';
    const value = `${error.brief}: ${error.message}`;
    throw new StepFailure(problem('DEP013', stack.name, { cannot: 'apply the stack', as: 'the API must take its objects', value, fix }));
  }
}

function resultOf({ created, changed, unchanged, removed, kept }: Applied): StepResult {
  const touched = created.length + changed.length + removed.length;
  const counts = { created, changed, removed, unchanged, kept };
  const said = Object.entries(counts).flatMap(([word, names]) => (names.length > 0 ? [`${names.length} ${word}`] : []));
  return { changed: touched > 0, summary: touched > 0 ? said.join(', ') : 'nothing changed' };
}
