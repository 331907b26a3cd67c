import { ensure, folderOf } from './cache';
import { report } from './report';
import type { Prerequisite, Tool } from './tool';
import { tools } from './tools';

/** Installs whatever the end-to-end tests need and is not there yet; `npm run e2e:tools`. */
async function main(): Promise<number> {
  const wanting = tools.filter((tool) => tool.needs.length > 0);
  const missing = missingPrerequisites(wanting);
  for (const line of missing) console.error(line);
  if (missing.length > 0) return 1;
  for (const tool of tools) await install(tool);
  return 0;
}

/** One line for each prerequisite that cannot be used. */
function missingPrerequisites(wanting: readonly Tool[]): string[] {
  const needs = new Set<Prerequisite>(wanting.flatMap((tool) => tool.needs));
  return [...needs].flatMap((need) => {
    const reason = need.missing();
    const users = wanting.filter((tool) => tool.needs.includes(need)).map((tool) => tool.name);
    return reason ? [`Cannot install ${users.join(', ')} without ${need.name}: ${reason}; ${need.fix}`] : [];
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

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
