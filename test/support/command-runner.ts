import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ended, Surroundings } from './diptych';

const pollMilliseconds = 2;
const timeoutMilliseconds = 60_000;

/** A process that runs commands of the built command line one after another, with the modules that earlier commands loaded. It ends with this thread. */
export class CommandRunner {
  private readonly folder = mkdtempSync(join(tmpdir(), 'diptych-runner-'));
  private readonly requests: number;
  private count = 0;

  constructor() {
    const pipe = join(this.folder, 'requests');
    spawnSync('mkfifo', [pipe]);
    const script = join(__dirname, 'run-commands.cjs');
    const child = spawn(process.execPath, [script, pipe, this.folder], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.unref();
    // Opened for reading too, because opening it for writing alone would wait until the process reads.
    this.requests = openSync(pipe, 'r+');
  }

  /** Runs a command while this thread waits. */
  run(args: readonly string[], surroundings: Required<Surroundings>): Ended {
    const answer = this.send(args, surroundings);
    const lock = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; !existsSync(answer); waited += pollMilliseconds) {
      if (waited > timeoutMilliseconds) throw new Error(`diptych ${args.join(' ')} did not end`);
      Atomics.wait(lock, 0, 0, pollMilliseconds);
    }
    return this.read(answer);
  }

  /** Runs a command while this thread goes on, for example to answer as a control plane. */
  async runAside(args: readonly string[], surroundings: Required<Surroundings>): Promise<Ended> {
    const answer = this.send(args, surroundings);
    for (const start = Date.now(); !existsSync(answer); await sleep(pollMilliseconds)) {
      if (Date.now() - start > timeoutMilliseconds) throw new Error(`diptych ${args.join(' ')} did not end`);
    }
    return this.read(answer);
  }

  private send(args: readonly string[], { cwd, env }: Required<Surroundings>): string {
    const number = ++this.count;
    writeSync(this.requests, `${JSON.stringify({ number, args, cwd, env })}\n`);
    return join(this.folder, `${number}.json`);
  }

  private read(answer: string): Ended {
    const { died, ...ended } = JSON.parse(readFileSync(answer, 'utf8')) as Ended & { readonly died?: string };
    if (died !== undefined) throw new Error(died);
    rmSync(answer);
    return ended;
  }
}
