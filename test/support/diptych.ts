import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

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

/** Runs the built command line as a user does. */
export function diptych(args: readonly string[], { cwd = root, env = {} }: Surroundings = {}): Ended {
  return node([join(root, 'dist/bin/diptych.js'), ...args], { cwd, env });
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
