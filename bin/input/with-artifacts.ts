import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems, printProblemsAsJson } from '../cli/print-problems';
import { reportRefusals } from '../cli/refusals';
import { type Artifacts, artifactsOf } from './artifacts';

/** Runs what needs the whole artifacts of an estate; what is wrong with them, or refused, is printed and becomes the exit code. */
export async function onArtifacts(
  estate: string | undefined,
  { out, json }: { readonly out: string; readonly json?: boolean },
  work: (artifacts: Artifacts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { artifacts, problems } = await artifactsOf(estate, out);
  if (artifacts) return reportRefusals(() => work(artifacts), json);
  (json ? printProblemsAsJson : printProblems)(problems);
  return exitCode.usage;
}
