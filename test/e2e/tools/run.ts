import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** One step of an installation. */
export interface Step {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Receives every line of standard error. */
  readonly onLine?: (line: string) => void;
}

/** Lines of output in the error of a failed step. */
const keptLines = 20;

/**
 * Runs a step at low priority, so that the machine stays usable, and returns its output.
 *
 * @throws an error with the end of the output if the step fails
 */
export async function run({ command, args, folder, env, onLine }: Step): Promise<string> {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) setPriority(child.pid, 15);
  const last: string[] = [];
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line);
    if (last.length > keptLines) last.shift();
    onLine?.(line);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` ended with ${code}:\n${last.join('\n') || printed}`);
  return printed;
}

/** Seconds to wait before each retry of a download. */
const pausesSeconds = [5, 20];

/**
 * Runs a step that downloads, and retries it: unlike npm, pip and apt, the Go client fails at the first request that a busy proxy rejects.
 *
 * Go does not download again what it has already stored.
 */
export async function download(step: Step): Promise<string> {
  for (const pauseSeconds of pausesSeconds) {
    try {
      return await run(step);
    } catch {
      await sleep(pauseSeconds * 1000);
    }
  }
  return run(step);
}
