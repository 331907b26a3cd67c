import { spawnSync } from 'node:child_process';
import type { Prerequisite } from './tool';

/** Go, which compiles the control plane. @see https://go.dev/dl/ */
export const go: Prerequisite = {
  name: 'go',
  fix: 'install Go 1.24 or newer from https://go.dev/dl/ and put it on the PATH',
  missing() {
    const answer = output('go', ['env', 'GOVERSION']);
    if (answer === undefined) return 'the command `go` does not run';
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(answer) ?? [];
    return Number(major) > 1 || Number(minor) >= 24 ? undefined : `it is ${answer}, but the modules require go1.24`;
  },
};

/** Python, which runs the cloud emulator in a virtual environment. */
export const python: Prerequisite = {
  name: 'python3 with venv',
  fix: 'install Python 3.10 or newer with its venv module (Debian: `apt-get install python3-venv`)',
  missing() {
    const answer = output('python3', ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))']);
    if (answer === undefined) return 'no command `python3` can import venv and ensurepip';
    return answer === 'True' ? undefined : 'it is older than 3.10';
  },
};

/** Output of a command; undefined if it fails or cannot be run. */
function output(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
