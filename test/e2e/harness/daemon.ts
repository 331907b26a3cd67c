import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How to start a server. */
export interface DaemonProps {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** File for its output. */
  readonly log: string;
}

/** Milliseconds to stop before the server is killed; an API server takes over five seconds. */
const patienceMilliseconds = 20_000;

/** A server process that ends with this process; waiting for it fails as soon as it exits. */
export class Daemon {
  private readonly child: ChildProcess;
  private readonly closed: Promise<void>;
  private failure: string | undefined;

  constructor(private readonly props: DaemonProps) {
    const output = openSync(props.log, 'a');
    this.child = spawn(join(__dirname, 'parent-death-watch.sh'), [props.command, ...props.args], {
      env: props.env ?? process.env,
      stdio: ['pipe', output, output],
      // Ctrl-C only reaches this process, so that servers are stopped in the right order.
      detached: true,
    });
    closeSync(output);
    this.closed = new Promise((resolve) => {
      this.child.once('error', (error) => this.end(error.message, resolve));
      this.child.once('exit', (code, signal) => this.end(`it ended with ${code ?? signal}`, resolve));
    });
  }

  /**
   * Waits until a probe succeeds.
   *
   * @throws an error with the end of the log, if the server exits or the timeout is exceeded
   */
  async ready(probe: () => Promise<boolean>, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!this.failure && Date.now() < deadline) {
      if (await probe().catch(() => false)) return;
      await sleep(100);
    }
    throw new Error(`${this.props.name} is not ready: ${this.failure ?? `it did not answer within ${seconds} s`}\n${this.tail()}`);
  }

  /** Stops the server and waits until it has exited. */
  async stop(): Promise<void> {
    this.child.stdin?.destroy();
    const timer = setTimeout(() => this.kill(), patienceMilliseconds);
    await this.closed;
    clearTimeout(timer);
  }

  private kill(): void {
    // Kills the whole process group, including the watching shell.
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
  }

  private end(why: string, resolve: () => void): void {
    this.failure = why;
    resolve();
  }

  private tail(): string {
    return readFileSync(this.props.log, 'utf8').split('\n').slice(-15).join('\n');
  }
}
