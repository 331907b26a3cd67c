import type { History } from './history';
import type { DeploymentRecord, StepRecord } from './record-schema';

/** Is told of every change of a step. */
export type Listener = (step: StepRecord) => void;

/** Keeps the record of the deployment under way: what changes is on disk before anything else happens. */
export class Keeper {
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

  /** Changes what is known of one step. */
  update(stack: string, change: Partial<StepRecord>): void {
    const updated = { ...this.step(stack), ...change };
    const steps = this.current.steps.map((step) => (step.stack === stack ? updated : step));
    this.write({ ...this.current, steps });
    this.listener(updated);
  }

  /** Ends the record. */
  end(outcome: DeploymentRecord['outcome']): DeploymentRecord {
    this.write({ ...this.current, outcome, ended: new Date().toISOString() });
    return this.current;
  }

  private write(record: DeploymentRecord): void {
    this.current = record;
    this.history.write(record);
  }
}
