import { Listr, type ListrTask } from 'listr2';
import type { Listener } from './journal';
import type { StepRecord } from './record';

/** Shows how a deployment goes on. */
export interface View {
  begin(steps: readonly StepRecord[]): Listener;
  /** Waits until everything is shown. */
  end(): Promise<void>;
}

/** How a step ended, in a few words: why it failed is told in full by its problem, once. */
export function endOf({ status, summary }: StepRecord): string {
  if (status === 'done') return summary ?? status;
  const words = status.replace('-', ' ');
  return status === 'not-reached' && summary !== undefined ? `${words}: ${summary}` : words;
}

/** A line for every beginning and every end, for logs; what came of it is told when all is over. */
export function lineView(say: (line: string) => void): View {
  return {
    begin: () => {
      const told = new Map<string, string>();
      return ({ stack, site, status, by }) => {
        // Other changes of a step, such as the processes of its tool, are for the record.
        if (told.get(stack) === status) return;
        told.set(stack, status);
        say(`${site}: ${stack}: ${status === 'running' ? `by ${by}` : status.replace('-', ' ')}`);
      };
    },
    end: async () => {},
  };
}

/** A list of tasks that fills in place, for a terminal. */
export function listView(): View {
  let shown: Promise<unknown> = Promise.resolve();
  return {
    begin: (steps) => {
      const rows = new Map(steps.map((step) => [step.stack, new Row(step)]));
      const list = new Listr(
        [...rows.values()].map((row) => row.task()),
        {
          concurrent: true,
          exitOnError: false,
          // Ctrl-C is ours: tools have to end first.
          registerSignalListeners: false,
          rendererOptions: { showErrorMessage: false, showSkipMessage: false },
        },
      );
      shown = list.run();
      return (step) => rows.get(step.stack)?.update(step);
    },
    end: async () => {
      await shown;
    },
  };
}

/** One step as a task that ends when the step does. */
class Row {
  private settle: (end: StepRecord) => void = () => {};
  private readonly ended = new Promise<StepRecord>((resolve) => {
    this.settle = resolve;
  });
  private say: (summary: string) => void = () => {};

  constructor(private readonly first: StepRecord) {}

  task(): ListrTask {
    const { site, stack } = this.first;
    return {
      title: `${site}: ${stack}`,
      task: async (_context, task) => {
        this.say = (summary) => {
          task.output = summary;
        };
        const end = isOver(this.first) ? this.first : await this.ended;
        task.title = `${site}: ${stack}: ${endOf(end)}`;
        if (end.status === 'not-reached') task.skip();
        else if (end.status !== 'done') throw new Error(task.title);
      },
    };
  }

  update(step: StepRecord): void {
    if (isOver(step)) this.settle(step);
    else if (step.status === 'running') this.say(`by ${step.by}`);
  }
}

function isOver({ status }: StepRecord): boolean {
  return status !== 'waiting' && status !== 'running';
}
