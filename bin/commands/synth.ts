import { relative } from 'node:path';
import { abandonSynthesis, inputDigests } from '../../lib/estate/artifacts';
import { foldersIn } from '../../lib/estate/folders';
import { describeEstate } from '../describe';
import { type ExitCode, exitCode } from '../exit-code';
import { printProblems } from '../print-problems';
import { stderr } from '../terminal';

/** Writes both halves and the plan of an estate. */
export async function synth(estate: string | undefined, { out }: { out: string }): Promise<ExitCode> {
  const folders = foldersIn(out);
  const { plan, source, problems } = await describeEstate(estate);
  if (!plan || !source) {
    abandonSynthesis(folders);
    printProblems(problems);
    return exitCode.usage;
  }
  const { synthesizeEstate } = await import('../../stacks/estate.js');
  synthesizeEstate(plan, { folders, inputs: inputDigests(source.raw) });
  for (const folder of [folders.cloud, folders.terraform, folders.diptych]) stderr.line(relative(process.cwd(), folder));
  return exitCode.ok;
}
