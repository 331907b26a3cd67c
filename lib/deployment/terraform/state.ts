import { hostname } from 'node:os';
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
  const shown = await terraform.run('show', '-json');
  const resources = (JSON.parse(lastLine(shown)) as Shown).values?.root_module?.resources ?? [];
  const tainted = resources
    .filter(({ type, tainted }) => tainted && /^kubernetes_deployment(?:_v1)?$/.test(type))
    .map(({ address }) => address);
  for (const address of tainted) await terraform.run('untaint', address);
  return tainted;
}

/** Terraform prints JSON on one line. */
export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

/** The id in the message of a state whose lock somebody on this machine holds. */
export function heldLock(output: string): string | undefined {
  if (!output.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string) => new RegExp(`^\\W*${name}:\\s+(\\S+)`, 'm').exec(output)?.[1];
  return field('Who')?.endsWith(`@${hostname()}`) ? field('ID') : undefined;
}
