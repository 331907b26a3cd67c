import { spawn } from 'node:child_process';

/** How a command ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface CommandProps {
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** Runs a command to its end, whatever that is. */
export function attempt(command: string, args: readonly string[], { folder, env, input }: CommandProps = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env: env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {
      // The command ended without reading all of its input; its exit code says why.
    });
    child.stdin.end(input ?? '');
  });
}

/**
 * Runs a command that has to succeed, and returns what it prints.
 * @throws with its output where it fails
 */
export async function succeed(command: string, args: readonly string[], props: CommandProps = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(command, args, props);
  if (code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}
