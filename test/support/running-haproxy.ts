import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { toolchain } from './toolchain';

export interface HaproxyOptions {
  /** Configuration files, in order. */
  readonly files: readonly string[];
  readonly fips?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const alive = new Set<ChildProcess>();

// If the test process exits, it kills the HAProxy processes that it started.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** A running HAProxy process, with the same command as in the container. */
export class RunningHaproxy {
  private output = '';
  private complaints = '';

  private constructor(private readonly child: ChildProcess) {
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString('latin1');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.complaints += chunk.toString();
    });
  }

  /** Starts HAProxy. @throws {Error} with its output if it does not start */
  static async start({ files, fips = false, env = {} }: HaproxyOptions): Promise<RunningHaproxy> {
    const tools = await toolchain();
    const [file = '', ...args] = [tools.haproxy, '-W', '-db', ...files.flatMap((path) => ['-f', path])];
    const child = spawn(file, args, {
      env: { ...process.env, ...(fips ? tools.fipsEnv : tools.env), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const haproxy = new RunningHaproxy(child);
    while (!haproxy.complaints.includes('Loading success')) {
      if (child.exitCode !== null) throw new Error(`HAProxy did not start: exit ${child.exitCode}\n${haproxy.complaints}`);
      await delay(10);
    }
    return haproxy;
  }

  /** Event log so far, with one character per byte. */
  get log(): string {
    return this.output;
  }

  /** Waits for a line of the event log after an offset. */
  async lineAfter(offset: number, timeoutMilliseconds = 5_000): Promise<string> {
    const deadline = Date.now() + timeoutMilliseconds;
    for (;;) {
      const end = this.output.indexOf('\n', offset);
      if (end >= 0) return this.output.slice(offset, end);
      if (Date.now() > deadline) throw new Error('no line was added to the event log');
      await delay(5);
    }
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Starts a soft stop (SIGUSR1). */
  async softStop(): Promise<void> {
    while (!this.complaints.includes('Scheduling a soft-stop')) {
      // The master process misses the signal while it is re-executing itself.
      this.child.kill('SIGUSR1');
      await delay(500);
    }
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}
