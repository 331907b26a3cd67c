import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** How to run one step of an installation. */
export interface Step {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Takes every line of its standard error. */
  readonly onLine?: (line: string) => void;
}

/** Lines of output kept for the error of a step that fails. */
const keptLines = 20;

/**
 * Runs a step at low priority, so that the machine stays usable, and returns what it prints.
 * @throws with the end of its output where it fails
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

/** Seconds before a download is tried again. */
const pausesSeconds = [5, 20];

/**
 * Runs a step that downloads, and again where it fails: unlike those of npm, pip and Debian, the client of Go gives up at the first answer
 * that a busy proxy refuses. What has come already is not asked for again.
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
