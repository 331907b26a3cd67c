import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import type { StepContext } from '../../../lib/deployment/model/step';
import { unfinishedAttempts } from '../../../lib/deployment/run/resume';
import { terraformApplyStep } from '../../../lib/deployment/terraform/apply-step';
import { terraformDestroyStep } from '../../../lib/deployment/terraform/destroy-step';
import { ownLockId } from '../../../lib/deployment/terraform/state';

const self = `${userInfo().username}@${hostname()}`;

const killed = { started: '2026-11-21T08:00:00.000Z', ended: '2026-11-21T08:00:10.000Z' };

/** Error message of Terraform 1.14 for a locked state. */
function lockedBy(who: string, created: string): string {
  const info = ['ID:        4c1b', 'Path:      terraform-state/core', 'Operation: OperationTypeApply', `Who:       ${who}`];
  const lines = [
    'Error: Error acquiring the state lock',
    '',
    'Lock Info:',
    ...[...info, `Created:   ${created}`].map((line) => `  ${line}`),
  ];
  return ['╷', ...lines.map((line) => `│ ${line}`), '╵'].join('\n');
}

describe('ownLockId', () => {
  const created = '2026-11-21 08:00:05.123456789 +0000 UTC';

  it('ownLockId returns the id of a lock created during one of our attempts', () => {
    expect(ownLockId(lockedBy(self, created), [killed])).toBe('4c1b');
    expect(ownLockId(lockedBy(self, created), [{ ...killed, ended: '2026-11-21T08:00:06.000Z' }])).toBe('4c1b');
  });

  it('ownLockId ignores a lock of another user or machine', () => {
    expect(ownLockId(lockedBy(`colleague@${hostname()}`, created), [killed])).toBeUndefined();
    expect(ownLockId(lockedBy(`${userInfo().username}@another-machine`, created), [killed])).toBeUndefined();
  });

  it('ownLockId ignores a lock created before or after all attempts', () => {
    expect(ownLockId(lockedBy(self, created), [{ ...killed, started: '2026-11-21T08:00:06.000Z' }])).toBeUndefined();
    expect(ownLockId(lockedBy(self, created), [{ ...killed, ended: '2026-11-21T08:00:05.000Z' }])).toBeUndefined();
    expect(ownLockId(lockedBy(self, 'yesterday'), [killed])).toBeUndefined();
  });
});

describe('ownLockId after a killed attempt', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diptych-killed-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const stack = () => ({ name: 'core', site: 'own', half: 'on-prem', after: [], file: join(folder, 'cdk.tf.json') }) as const;

  /** The attempt, with the time of the last write to its log; undefined if Terraform was never started. */
  function attempts(lastWritten?: string) {
    const log = join(folder, '1', 'core.log');
    mkdirSync(dirname(log), { recursive: true });
    if (lastWritten !== undefined) {
      writeFileSync(log, 'kubernetes_namespace_v1.risk: Creating...\n');
      utimesSync(log, new Date(lastWritten), new Date(lastWritten));
    }
    const step = { stack: 'core', site: 'own', half: 'on-prem', by: 'terraform', status: 'running', log: '1/core.log' } as const;
    const { started } = killed;
    return unfinishedAttempts(
      terraformApplyStep(stack(), {} as Objects),
      [{ ...step, started, groups: [], untainted: [], unlocked: [] }],
      folder,
    );
  }

  it('ownLockId accepts a lock created until a few seconds after the last output of the attempt', () => {
    expect(ownLockId(lockedBy(self, '2026-11-21 08:00:05 +0000 UTC'), attempts('2026-11-21T08:00:20.000Z'))).toBe('4c1b');
    expect(ownLockId(lockedBy(self, '2026-11-21 08:00:21 +0000 UTC'), attempts('2026-11-21T08:00:20.000Z'))).toBe('4c1b');
  });

  it('ownLockId ignores a lock created long after the last output of the attempt', () => {
    expect(ownLockId(lockedBy(self, '2026-11-21 08:00:40 +0000 UTC'), attempts('2026-11-21T08:00:20.000Z'))).toBeUndefined();
    expect(ownLockId(lockedBy(self, '2026-11-22 08:00:00 +0000 UTC'), attempts('2026-11-21T08:00:20.000Z'))).toBeUndefined();
  });

  it('ownLockId ignores a lock when Terraform was never started', () => {
    expect(ownLockId(lockedBy(self, '2026-11-21 08:00:40 +0000 UTC'), attempts())).toBeUndefined();
  });
});

describe('a step whose last attempt left the state locked', () => {
  let folder: string;
  /** No namespace is deleted, so the cluster is not queried. */
  const unasked = {} as Objects;
  const stack = () => ({ name: 'core', site: 'own', half: 'on-prem', after: [], file: join(folder, 'cdk.tf.json') }) as const;

  /** A Terraform command whose state is locked until force-unlock is called. */
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diptych-state-lock-'));
    writeFileSync(join(folder, 'locked'), lockedBy(self, '2026-11-21 08:00:05 +0000 UTC'));
    writeFileSync(join(folder, 'cdk.tf.json'), '{}');
    const script = `case "$1" in
      force-unlock) [ "$3" = 4c1b ] && rm "${folder}/locked" ;;
      show) echo '{}' ;;
      plan | destroy) if [ -e "${folder}/locked" ]; then cat "${folder}/locked"; exit 1; fi ;;
    esac`;
    writeFileSync(join(folder, 'terraform'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'terraform'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  function context(unfinished: StepContext['unfinished']): StepContext {
    return { log: join(folder, 'log'), say: () => {}, signal: new AbortController().signal, unfinished };
  }

  it('a deployment releases the lock and continues', async () => {
    expect(await terraformApplyStep(stack(), unasked).run(context([killed]))).toMatchObject({
      unlocked: ['4c1b'],
      summary: 'nothing changed',
    });
  });

  it('a destruction releases the lock before it starts', async () => {
    expect(await terraformDestroyStep(stack(), unasked, false).run(context([killed]))).toMatchObject({ unlocked: ['4c1b'] });
  });

  it('the lock is kept when none of our attempts can have created it', async () => {
    await expect(terraformApplyStep(stack(), unasked).run(context([]))).rejects.toThrow('DEP006');
    expect(existsSync(join(folder, 'locked'))).toBe(true);
  });
});
