import { ensure, folderOf } from './cache';
import { report } from './report';
import type { Prerequisite, Tool } from './tool';

/** Installs missing tools. If that fails, prints the reason and sets the exit code 1. */
export async function installTools(tools: readonly Tool[]): Promise<void> {
  try {
    const missing = missingPrerequisites(tools);
    if (missing.length > 0) throw new Error(missing.join('\n'));
    for (const tool of tools) await install(tool);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** One line for each missing prerequisite. */
function missingPrerequisites(tools: readonly Tool[]): string[] {
  const needs = new Set<Prerequisite>(tools.flatMap((tool) => tool.needs));
  return [...needs].flatMap((need) => {
    const reason = need.missing();
    const users = tools.filter((tool) => tool.needs.includes(need)).map((tool) => tool.name);
    return reason ? [`${users.join(', ')} cannot be installed without ${need.name}: ${reason}; ${need.fix}`] : [];
  });
}

async function install(tool: Tool): Promise<void> {
  const line = report(`${tool.name} ${tool.version}`);
  try {
    const outcome = await ensure(tool, line.doing);
    line.done(`${outcome} in ${folderOf(tool)}`);
  } catch (error) {
    line.done('failed');
    throw error;
  }
}
