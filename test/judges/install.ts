import { ensure, folderOf } from '../e2e/tools/cache';
import { report } from '../e2e/tools/report';
import { judges } from './tool';

/** Installs the judges unless they are there; `npm run judges:tools`. */
async function main(): Promise<void> {
  for (const need of judges.needs) {
    const reason = need.missing();
    if (reason) throw new Error(`Cannot install ${judges.name} without ${need.name}: ${reason}; ${need.fix}`);
  }
  const line = report(`${judges.name} ${judges.version}`);
  try {
    const outcome = await ensure(judges, line.doing);
    line.done(`${outcome} in ${folderOf(judges)}`);
  } catch (error) {
    line.done('failed');
    throw error;
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
