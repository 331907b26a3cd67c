import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { systemReason } from '../../core/system-error';
import { deploymentProblem } from '../codes';
import type { History } from './history';
import type { DeploymentRecord, StepRecord } from './record';

/** Receives every change of a step. */
export type Listener = (step: StepRecord) => void;

/** Record of the current run. Each change is written to disk before the action that it announces. */
export class Journal {
  constructor(
    private readonly history: History,
    private current: DeploymentRecord,
    private readonly listener: Listener,
  ) {
    history.write(current);
  }

  get record(): DeploymentRecord {
    return this.current;
  }

  step(stack: string): StepRecord {
    const found = this.current.steps.find((step) => step.stack === stack);
    if (!found) throw new RangeError(`${stack} is not a step of this run`);
    return found;
  }

  /**
   * Changes fields of one step.
   *
   * @throws {StepFailure} DEP020 if the record cannot be written
   */
  update(stack: string, change: Partial<StepRecord>): void {
    const updated = { ...this.step(stack), ...change };
    const steps = this.current.steps.map((step) => (step.stack === stack ? updated : step));
    try {
      this.write({ ...this.current, steps });
    } finally {
      // The view waits for the end of every step, even if the record could not be written.
      this.listener(updated);
    }
  }

  /**
   * Ends the record.
   *
   * @throws {StepFailure} DEP020 if the record cannot be written
   */
  end(outcome: DeploymentRecord['outcome']): DeploymentRecord {
    this.write({ ...this.current, outcome, ended: new Date().toISOString() });
    return this.current;
  }

  /**
   * Converts a system error into DEP020: the run has begun, so this is a failed step and not a refusal. Other errors are returned as they
   * are.
   */
  writeFailure(error: unknown): unknown {
    const reason = systemReason(error);
    if (reason === undefined) return error;
    return new StepFailure(
      deploymentProblem('DEP020', `deployments/${this.current.number}`, {
        wrong: `the record or a log cannot be written: ${quote(reason)}`,
        rule: 'the folder of the records must be writable and have room',
        fix: 'Make room, and run the same command again: steps that are not recorded as done run again.',
      }),
    );
  }

  private write(record: DeploymentRecord): void {
    this.current = record;
    try {
      this.history.write(record);
    } catch (error) {
      throw this.writeFailure(error);
    }
  }
}
