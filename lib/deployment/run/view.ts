import { Listr, type ListrTask } from 'listr2';
import type { Listener } from './journal';
import type { StepRecord } from './record';

/** Shows the progress of a run. */
export interface View {
  begin(steps: readonly StepRecord[]): Listener;
  /** Waits until all output is written. */
  end(): Promise<void>;
}

/** Outcome of a step in a few words; the reason of a failure is printed once, with its problem. */
export function endOf({ status, summary }: StepRecord): string {
  if (status === 'done') return summary ?? status;
  const words = status.replace('-', ' ');
  return status === 'not-reached' && summary !== undefined ? `${words}: ${summary}` : words;
}

/** One line per start and end of a step, for logs; the problems are printed at the end of the run. */
export function lineView(say: (line: string) => void): View {
  return {
    begin: () => {
      const told = new Map<string, string>();
      return ({ stack, site, status, by }) => {
        // Other changes of a step, such as new process groups, are only recorded.
        if (told.get(stack) === status) return;
        told.set(stack, status);
        say(`${site}: ${stack}: ${status === 'running' ? `by ${by}` : status.replace('-', ' ')}`);
      };
    },
    end: async () => {},
  };
}

/** A task list that is updated in place, for terminals. */
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
          // Ctrl-C is handled by the command: the tools have to end first.
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

/** A listr2 task that ends when its step ends. */
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
