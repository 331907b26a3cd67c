import { relative } from 'node:path';
import { declaredSites, inputDigests } from '../../lib/artifacts/digests';
import { foldersIn } from '../../lib/artifacts/folders';
import { abandonSynthesis } from '../../lib/artifacts/synthesis';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr } from '../cli/terminal';
import { describeEstate } from '../input/plan';
import { referenceDate } from '../input/reference-date';

export interface SynthOptions {
  /** Day at which what ends on a day is judged. */
  readonly at?: string;
  /** Folder for the artifacts. */
  readonly out: string;
}

/** Writes both halves and the plan of an estate. */
export async function synth(estate: string | undefined, { at, out }: SynthOptions): Promise<ExitCode> {
  const folders = foldersIn(out);
  const { plan, source, problems } = await describeEstate(estate, referenceDate(at, process.env));
  if (!plan || !source) {
    abandonSynthesis(folders);
    printProblems(problems);
    return exitCode.usage;
  }
  const { synthesizeEstate } = await import('../../stacks/estate.js');
  synthesizeEstate(plan, { folders, inputs: inputDigests(source.raw), deploymentOrder: declaredSites(source.raw) });
  for (const folder of [folders.cloud, folders.terraform, folders.diptych]) stderr.line(relative(process.cwd(), folder));
  return exitCode.ok;
}
