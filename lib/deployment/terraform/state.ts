import { hostname, userInfo } from 'node:os';
import type { Attempt } from '../model/step';
import type { Terraform } from './terraform';

interface Shown {
  readonly values?: {
    readonly root_module?: {
      readonly resources?: readonly { readonly address: string; readonly type: string; readonly tainted?: boolean }[];
    };
  };
}

/**
 * Keeps Deployments whose creation timed out from being replaced: Terraform marks them for it, though they roll out in their own time.
 *
 * @returns the addresses that were marked
 */
export async function untaintDeployments(terraform: Terraform): Promise<string[]> {
  const resources = ((await terraform.show()) as Shown).values?.root_module?.resources ?? [];
  const tainted = resources
    .filter(({ type, tainted }) => tainted && /^kubernetes_deployment(?:_v1)?$/.test(type))
    .map(({ address }) => address);
  for (const address of tainted) await terraform.run('untaint', address);
  return tainted;
}

/**
 * Gives back the lock of a state that an attempt of ours left behind: nobody else ever would.
 *
 * @returns its id, where there was one
 */
export async function releaseOwnLock(terraform: Terraform, attempts: readonly Attempt[]): Promise<string[]> {
  if (attempts.length === 0) return [];
  const { code, output } = await terraform.attempt('plan', '-refresh=false', '-lock-timeout=5s');
  const id = code === 0 ? undefined : ownLockId(output, attempts);
  if (id === undefined) return [];
  await terraform.run('force-unlock', '-force', id);
  return [id];
}

/**
 * The id in the message of a state that is locked, where the lock is one of our own attempts': taken as this user on this machine, while
 * one of them was under way. Whoever else holds it may still be at work.
 */
export function ownLockId(output: string, attempts: readonly Attempt[]): string | undefined {
  if (!output.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string) => new RegExp(`^\\W*${name}:\\s+(\\S.*)$`, 'm').exec(output)?.[1]?.trim();
  const created = timeOf(field('Created') ?? '');
  const isOurs = attempts.some(({ started, ended }) => created >= Date.parse(started) && created <= Date.parse(ended));
  return isOurs && field('Who') === `${user()}@${hostname()}` ? field('ID') : undefined;
}

/** A time as Go prints it: `2026-11-21 08:00:00.123456789 +0000 UTC`; it matches nothing where it is none. */
function timeOf(text: string): number {
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/.exec(text) ?? [];
  return Date.parse(`${day}T${time}${fraction}Z`);
}

/** The name under which Terraform locks; a user without one is not known again. */
function user(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
