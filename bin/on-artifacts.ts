import { type Artifacts, artifactsOf } from './artifacts-of';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems } from './print-problems';
import { unlessRefused } from './refusals';

/** Runs what needs the whole artifacts of an estate; what is wrong with them, or refused, is printed and becomes the exit code. */
export async function onArtifacts(
  estate: string | undefined,
  out: string,
  work: (artifacts: Artifacts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { artifacts, problems } = await artifactsOf(estate, out);
  if (artifacts) return unlessRefused(() => work(artifacts));
  printProblems(problems);
  return exitCode.usage;
}
