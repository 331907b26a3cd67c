import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock';
import type { Progress, Tool } from './tool';

/** Folder of all tools: they outlive a checkout and are shared by all of them. */
const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'diptych', 'tools');

/** Where a tool is, or will be once installed. */
export function folderOf({ name, version, recipe }: Tool): string {
  return join(root, name, `${version}-${recipe}`);
}

/**
 * Folder of an installed tool.
 * @throws where it is not installed: the tests never install anything themselves
 */
export function installed(tool: Tool): string {
  const folder = folderOf(tool);
  if (!existsSync(folder)) throw new Error(`Cannot find ${tool.name} ${tool.version} in ${root}: run \`npm run e2e:tools\` first`);
  return folder;
}

/** Installs a tool unless it is there; the folder appears whole or not at all. */
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
