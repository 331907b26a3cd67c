import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';

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
