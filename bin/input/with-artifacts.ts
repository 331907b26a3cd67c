import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems, printProblemsAsJson } from '../cli/print-problems';
import { reportRefusals } from '../cli/refusals';
import { type Artifacts, type LoadOptions, loadArtifacts } from './artifacts';

/** Where the artifacts are, what is accepted, and how problems are printed. */
export interface WithArtifactsOptions extends LoadOptions {
  /** Folder of `cdk.out`, `cdktf.out` and `diptych.out`. */
  readonly out: string;
  readonly json?: boolean;
}

/** Runs a command that needs artifacts; problems with them, and refusals, are printed and become the exit code. */
export async function withArtifacts(options: WithArtifactsOptions, work: (artifacts: Artifacts) => Promise<ExitCode>): Promise<ExitCode> {
  const { artifacts, problems } = await loadArtifacts(options.out, options);
  if (!artifacts) {
    (options.json ? printProblemsAsJson : printProblems)(problems);
    return exitCode.usage;
  }
  if (artifacts.warnings.length > 0) printProblems(artifacts.warnings);
  return reportRefusals(() => work(artifacts), options.json);
}
