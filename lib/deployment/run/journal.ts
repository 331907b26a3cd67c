import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { systemReason } from '../../core/system-error';
import type { History } from './history';
import type { DeploymentRecord, StepRecord } from './record';

/** Is told of every change of a step. */
export type Listener = (step: StepRecord) => void;

/** Keeps the record of the deployment under way: what changes is on disk before anything else happens. */
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
    if (!found) throw new RangeError(`Cannot keep ${stack} as it is no step of this deployment`);
    return found;
  }

  /**
   * Changes what is known of one step.
   *
   * @throws {StepFailure} DEP020 where it cannot be kept
   */
  update(stack: string, change: Partial<StepRecord>): void {
    const updated = { ...this.step(stack), ...change };
    const steps = this.current.steps.map((step) => (step.stack === stack ? updated : step));
    try {
      this.write({ ...this.current, steps });
    } finally {
      // Who shows it waits for the end of every step, kept or not.
      this.listener(updated);
    }
  }

  /**
   * Ends the record.
   *
   * @throws {StepFailure} DEP020 where it cannot be kept
   */
  end(outcome: DeploymentRecord['outcome']): DeploymentRecord {
    this.write({ ...this.current, outcome, ended: new Date().toISOString() });
    return this.current;
  }

  /** What the system refuses to keep once a deployment has begun: a failure like another, not a refusal to begin. */
  writeFailure(error: unknown): unknown {
    const value = systemReason(error);
    if (value === undefined) return error;
    const as = 'its record and its logs must be writable and have room';
    const fix = 'Make room, and run the same command again: what is not known to be done is done again.';
    return new StepFailure(
      problem('DEP020', `deployments/${this.current.number}`, { cannot: 'go on with the deployment', as, value, fix }),
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
