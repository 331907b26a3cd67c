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
 * Untaints Deployments whose creation timed out, which Terraform would replace although their rollout may still complete.
 *
 * @returns the untainted addresses
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
 * Releases a state lock left behind by a killed attempt of this user; Terraform locks do not expire.
 *
 * @returns the ids of the released locks
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
 * Id of the state lock in Terraform's error message, if one of the given attempts acquired it: the lock names this user and host, and was
 * created during the attempt. Any other holder may still be working.
 */
export function ownLockId(output: string, attempts: readonly Attempt[]): string | undefined {
  if (!output.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string) => new RegExp(`^\\W*${name}:\\s+(\\S.*)$`, 'm').exec(output)?.[1]?.trim();
  const created = timeOf(field('Created') ?? '');
  const isOurs = attempts.some(({ started, ended }) => created >= Date.parse(started) && created <= Date.parse(ended));
  return isOurs && field('Who') === `${user()}@${hostname()}` ? field('ID') : undefined;
}

/** Parses a time as printed by Go (`2026-11-21 08:00:00.123456789 +0000 UTC`); NaN if it has another format. */
function timeOf(text: string): number {
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/.exec(text) ?? [];
  return Date.parse(`${day}T${time}${fraction}Z`);
}

/** User name as Terraform writes it into locks; undefined if the user has none, in which case no lock is recognized. */
function user(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
