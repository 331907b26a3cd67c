import { join } from 'node:path';
import { z } from 'zod';
import { artifactProblem } from './codes';
import { type ArtifactFolders, pathOf } from './folders';
import { type Read, readJson } from './json';

const versioned = z.object({ version: z.string() });

/**
 * Reads `plan.json`.
 *
 * @param version version of the plan that the schema describes
 * @returns the problem ART008 if the file cannot be read or does not match the schema, ART009 if it has another version
 */
export function readPlan<Plan>(folders: ArtifactFolders, version: string, schema: z.ZodType<Plan>): Read<Plan> {
  const file = join(folders.diptych, 'plan.json');
  const path = pathOf(folders, file);
  const named = readJson(file, path, versioned);
  if ('problem' in named) return named;
  if (named.data.version === version) return readJson(file, path, schema);
  return {
    problem: artifactProblem('ART009', path, {
      wrong: 'the plan has an unknown version',
      rule: `its version must be ${version}`,
      got: named.data.version,
      fix: 'Install the version of Diptych that made the artifacts, or run npx diptych synth again.',
    }),
  };
}
