import { StepFailure } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { Step } from '../model/step';

/** Digest of the artifacts when the run began, and a function that reads the current one. */
export interface ArtifactDigests {
  /** Combined digest of all artifacts. */
  readonly artifacts: string;
  /** Current combined digest; undefined while the artifacts cannot be read, such as during a synthesis. */
  readonly artifactsNow: () => string | undefined;
}

/**
 * Wraps a step so that it fails if the artifacts have changed since they were checked and recorded.
 *
 * The digest is compared before and after the step, because tools read the files at some time in between.
 *
 * @throws {StepFailure} DEP019 when the step runs
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
  return new StepFailure(
    deploymentProblem('DEP019', stack, {
      wrong: now === undefined ? 'the artifacts can no longer be read' : 'the artifacts have changed since the run began',
      rule: `they must keep the recorded digest ${artifacts}`,
      got: now,
      fix: 'Do not run a synthesis, cdk ls or cdk diff at the same time; run the same command again: it uses the current artifacts.',
    }),
  );
}
