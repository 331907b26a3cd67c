import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The root of the project. */
export const root = join(__dirname, '../..');

/** How a run of the command line ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command line as its users do. */
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

/** An empty folder that goes with the test. */
export function folderOfTest(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
