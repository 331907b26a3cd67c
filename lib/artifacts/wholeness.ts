import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { type Problem, problem } from '../core/problem';
import { artifactDigests, type Digests, foreignTerraform, marks, readDigests } from './digests';
import type { ArtifactFolders } from './folders';

/**
 * What keeps artifacts from being those of one whole synthesis.
 *
 * @param inputs - digests of the estate they should belong to; without them any will do
 */
export function artifactProblems(folders: ArtifactFolders, inputs?: Digests['inputs']): Problem[] {
  const missing = marks(folders).filter((path) => !existsSync(path));
  if (missing.length > 0) return missing.map((path) => notWhole(relative(folders.parent, path), 'the file must be there', undefined));
  const digests = readDigests(folders);
  const now = artifactDigests(folders);
  const then = digests?.artifacts ?? {};
  const changed = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((path) => then[path] !== now[path]);
  const foreign = Object.keys(inputs ?? {}).filter((name) => digests?.inputs[name] !== inputs?.[name]);
  return [
    ...foreignTerraform(folders).map((path) => foreignFile(relative(folders.parent, path))),
    ...changed.map((path) => notWhole(path, 'its digest must be the one that was recorded', now[path])),
    ...foreign.map((name) => notWhole('diptych.out/digests.json', `the artifacts must be made from this ${name}`, digests?.inputs[name])),
  ];
}

function notWhole(path: string, as: string, value: unknown): Problem {
  return problem('CMD004', path, { cannot: 'use the artifacts', as, value, fix: 'Run npx diptych synth again.' });
}

function foreignFile(path: string): Problem {
  return problem('CMD004', path, {
    cannot: 'use the artifacts',
    as: 'Terraform must read nothing but what was emitted',
    value: 'a file of its own',
    fix: 'Remove the file; a destroy --unprotect that was killed leaves one.',
  });
}
