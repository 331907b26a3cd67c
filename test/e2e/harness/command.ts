import { spawn } from 'node:child_process';

/** Exit code and output of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a command. */
export interface CommandProps {
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** Runs a command and returns its outcome whatever its exit code. */
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
      // The command exited without reading all of its input; its exit code tells why.
    });
    child.stdin.end(input ?? '');
  });
}

/**
 * Runs a command and returns its output.
 *
 * @throws an error with the output if the command fails
 */
export async function succeed(command: string, args: readonly string[], props: CommandProps = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(command, args, props);
  if (code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}
