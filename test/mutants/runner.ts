import { type ChildProcess, fork } from 'node:child_process';
import type { Tree } from './tree';
import type { Report, Request } from './worker';

/** Outcome of a run of test files. */
export interface Outcome {
  /** The test file that failed or did not end; undefined if all passed. */
  readonly killedBy?: string;
  readonly why?: string;
  /** The first failure of each test file that failed. */
  readonly failures: ReadonlyMap<string, string>;
  /** Seconds from the start of each test file to its end. */
  readonly seconds: ReadonlyMap<string, number>;
}

/** Runs tests in a separate process, which serves many runs and is replaced after a run that had to be stopped. */
export class Runner {
  private child: ChildProcess | undefined;

  constructor(
    private readonly tree: Tree,
    private readonly module: string,
    private readonly workers: number,
  ) {}

  /** Runs test files in order. A file that takes more than its limit in seconds is stopped and counts as failed. */
  async run(request: Request, limitOf: (test: string) => number): Promise<Outcome> {
    const child = this.child ?? (await this.start());
    const seconds = new Map<string, number>();
    const failures = new Map<string, string>();
    const begun = new Map<string, number>();
    let killed: { killedBy: string; why: string } | undefined;
    return new Promise((resolve) => {
      const finish = (): void => {
        clearInterval(clock);
        child.removeAllListeners('message').removeAllListeners('exit');
        resolve({ ...killed, failures, seconds });
      };
      const stop = (killedBy: string, why: string): void => {
        killed ??= { killedBy, why };
        this.stop();
        finish();
      };
      const clock = setInterval(() => {
        const late = [...begun].find(([test, since]) => (Date.now() - since) / 1000 > limitOf(test));
        if (late) stop(late[0], `not done after ${Math.round(limitOf(late[0]))} s`);
      }, 500);
      child.on('exit', () => {
        this.child = undefined;
        killed ??= { killedBy: [...begun.keys()][0] ?? request.tests[0] ?? '', why: 'ended the process of the tests' };
        finish();
      });
      child.on('message', (report: Report) => {
        if (report.type === 'begins') begun.set(report.test, Date.now());
        if (report.type === 'ends') {
          seconds.set(report.test, (Date.now() - (begun.get(report.test) ?? Date.now())) / 1000);
          begun.delete(report.test);
          const [why] = report.failures;
          if (why !== undefined) failures.set(report.test, why);
          if (why !== undefined) killed ??= { killedBy: report.test, why };
        }
        if (report.type === 'finished') {
          if (report.errors.length > 0) killed ??= { killedBy: [...seconds.keys()].at(-1) ?? '', why: report.errors[0] ?? '' };
          finish();
        }
      });
      child.send(request);
    });
  }

  /** Ends the process of the tests and all processes that they started. */
  stop(): void {
    const pid = this.child?.pid;
    this.child?.removeAllListeners();
    this.child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(this.module, {
      cwd: this.tree.root,
      detached: true,
      // The AWS SDK warns in every thread about the version of Node.
      execArgv: ['--no-warnings'],
      env: { ...process.env, TMPDIR: this.tree.temporary, MUTANTS_WORKERS: String(this.workers) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the process of the tests ended with ${code}`)));
    });
    child.removeAllListeners('exit');
    return child;
  }
}
