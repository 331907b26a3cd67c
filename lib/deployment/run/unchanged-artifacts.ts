import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import type { Step } from '../model/step';

/** The artifacts that a deployment was begun with, and a look at what is there now. */
export interface ArtifactDigests {
  /** Digest of the digests of the artifacts. */
  readonly artifacts: string;
  /** The same of the artifacts as they are now; none while they cannot be read. */
  readonly artifactsNow: () => string | undefined;
}

/**
 * A step that fails where the artifacts are no longer those that were checked and recorded: its tool reads them itself.
 *
 * It looks again at the end, since a tool reads them at a time of its own.
 *
 * @throws {StepFailure} DEP019, by the step
 */
export function withSameArtifacts(step: Step, { artifacts, artifactsNow }: ArtifactDigests): Step {
  const check = () => {
    const now = artifactsNow();
    if (now !== artifacts) throw changed(step.stack.name, artifacts, now);
  };
  return {
    ...step,
    run: async (context) => {
      check();
      const result = await step.run(context);
      check();
      return result;
    },
  };
}

function changed(stack: string, artifacts: string, now: string | undefined): StepFailure {
  const as = `the artifacts must stay those that the record names, ${artifacts}`;
  const fix = 'Let no synthesis, and no cdk ls or diff, run beside it; run the same command again: it deploys what is there then.';
  return new StepFailure(problem('DEP019', stack, { cannot: 'deploy the stack', as, value: now, fix }));
}
