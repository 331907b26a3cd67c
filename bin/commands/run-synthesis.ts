import { mkdirSync } from 'node:fs';
import { declaredSites, inputDigests } from '../../lib/artifacts/digests';
import type { ArtifactFolders } from '../../lib/artifacts/folders';
import { abandonSynthesis } from '../../lib/artifacts/synthesis';
import { DescriptionError, type Problem } from '../../lib/core/problem';
import { acquireFileLock, type FileLock, LockHeldError } from '../../lib/process/file-lock';
import { commandProblem } from '../cli/codes';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems, printProblemsAsJson, printWarnings } from '../cli/print-problems';
import { describeEstate } from '../input/plan';

/** Options of {@link runSynthesis}. */
export interface RunSynthesisProps {
  readonly folders: ArtifactFolders;
  /** Date against which expiry dates are checked. */
  readonly at: Date;
  /**
   * Prints problems as JSON, and leaves warnings to the caller.
   *
   * @default false
   */
  readonly json?: boolean;
}

/** Outcome of a synthesis. */
export interface Synthesized {
  readonly code: ExitCode;
  readonly warnings: readonly Problem[];
}

/**
 * Writes both halves and the plan of an estate.
 *
 * The completion files of an earlier synthesis are removed before the description is loaded, because a module may end the process.
 *
 * @throws {DescriptionError} CMD010 if another synthesis writes to the same folders
 */
export async function runSynthesis(estate: string | undefined, { folders, at, json = false }: RunSynthesisProps): Promise<Synthesized> {
  const lock = lockFolders(folders);
  try {
    abandonSynthesis(folders);
    const { plan, source, problems, warnings } = await describeEstate(estate, at);
    if (!plan || !source) {
      (json ? printProblemsAsJson : printProblems)(problems);
      return { code: exitCode.usage, warnings };
    }
    if (!json) printWarnings(warnings);
    const { synthesizeEstate } = await import('../../stacks/estate.js');
    const made = { folders, inputs: inputDigests(source.raw), deploymentOrder: declaredSites(source.raw) };
    return { code: synthesizeEstate(plan, made) ? exitCode.ok : exitCode.findings, warnings };
  } finally {
    lock.release();
  }
}

function lockFolders({ diptych }: ArtifactFolders): FileLock {
  mkdirSync(diptych, { recursive: true });
  try {
    return acquireFileLock(diptych);
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    const { path, holder } = error;
    throw new DescriptionError([
      commandProblem('CMD010', path, {
        wrong: `${holder ? `process ${holder.pid} on ${holder.host}` : 'another process'} writes artifacts to the same folders`,
        rule: 'a folder must have one synthesis at a time',
        fix: 'Wait until it has ended, or name another folder with --out. If it was killed on another machine, remove the file.',
      }),
    ]);
  }
}
