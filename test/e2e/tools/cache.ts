import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock';
import type { Progress, Tool } from './tool';

/** Folder of all tools, outside the checkout, so that all checkouts share it. */
const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'diptych', 'tools');

/** Folder of a tool, whether or not it is installed. */
export function folderOf({ name, version, recipe }: Tool): string {
  return join(root, name, `${version}-${recipe}`);
}

/**
 * Folder of an installed tool.
 *
 * @throws if it is not installed, because the tests do not install tools
 */
export function installed(tool: Tool): string {
  const folder = folderOf(tool);
  if (!existsSync(folder)) throw new Error(`${tool.name} ${tool.version} is not installed in ${root}; run \`npm run e2e:tools\` first`);
  return folder;
}

/** Installs a tool if it is missing. The folder appears only when the installation is complete. */
export async function ensure(tool: Tool, progress: Progress): Promise<'cached' | 'installed'> {
  const folder = folderOf(tool);
  if (existsSync(folder)) return 'cached';
  mkdirSync(join(root, tool.name), { recursive: true });
  return withLock(`${folder}.lock`, progress, async () => {
    if (existsSync(folder)) return 'cached';
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial);
    await tool.install(partial, progress);
    renameSync(partial, folder);
    return 'installed';
  });
}
