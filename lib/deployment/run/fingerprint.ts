import type { Step } from '../model/step';

/** The mark that a stack bears in its control plane; one that cannot be asked for is none, which costs no more than doing the step again. */
export async function markOf(step: Step): Promise<string | undefined> {
  try {
    return await step.mark?.();
  } catch {
    return undefined;
  }
}
