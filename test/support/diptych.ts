import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CommandRunner } from './command-runner';

/** Root folder of the project. */
export const root = join(__dirname, '../..');

/** Outcome of a run of the command line. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

let runner: CommandRunner | undefined;

/** Runs a command of the built command line, in a process that runs other commands before and after. */
export function diptych(args: readonly string[], { cwd = root, env = {} }: Surroundings = {}): Ended {
  runner ??= new CommandRunner();
  return runner.run(args, { cwd, env: { CDK_VALIDATION: 'false', ...env } });
}

/** Runs a command as {@link diptych} does, while this thread goes on, for example to answer as a control plane. */
export function diptychAside(args: readonly string[], { cwd = root, env = {} }: Surroundings = {}): Promise<Ended> {
  runner ??= new CommandRunner();
  return runner.runAside(args, { cwd, env: { CDK_VALIDATION: 'false', ...env } });
}

/** Runs the built command line in a process of its own, as a user does. */
export function diptychProcess(args: readonly string[], surroundings: Surroundings = {}): Ended {
  return node([join(root, 'dist/bin/diptych.js'), ...args], surroundings);
}

/** Runs a script with Node. */
export function node(args: readonly string[], { cwd = root, env = {} }: Surroundings = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', ...env },
  });
  return { status, stdout, stderr };
}

/** An empty folder that is removed after the test. */
export function folderOfTest(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
