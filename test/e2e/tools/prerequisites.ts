import { spawnSync } from 'node:child_process';
import type { Prerequisite } from './tool';

/** Go compiles the control plane. @see https://go.dev/dl/ */
export const go: Prerequisite = {
  name: 'go',
  fix: 'install Go 1.24 or newer from https://go.dev/dl/ and put it on the PATH',
  missing() {
    const answer = output('go', ['env', 'GOVERSION']);
    if (answer === undefined) return 'no command `go` answers';
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(answer) ?? [];
    return Number(major) > 1 || Number(minor) >= 24 ? undefined : `it is ${answer}, and the modules ask for go1.24`;
  },
};

/** Python runs the cloud emulator, in an environment of its own. */
export const python: Prerequisite = {
  name: 'python3 with venv',
  fix: 'install Python 3.10 or newer with its venv module (Debian: `apt-get install python3-venv`)',
  missing() {
    const answer = output('python3', ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))']);
    if (answer === undefined) return 'no command `python3` that can import venv and ensurepip answers';
    return answer === 'True' ? undefined : 'it is older than 3.10';
  },
};

/** What a command prints, or nothing where it cannot be run. */
function output(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
