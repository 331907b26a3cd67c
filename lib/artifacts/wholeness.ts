import { existsSync } from 'node:fs';
import type { Problem } from '../core/problem';
import { artifactProblem } from './codes';
import { artifactDigests, type Digests, foreignTerraform, readDigests } from './digests';
import { type ArtifactFolders, pathOf } from './folders';
import { productVersion } from './product-version';
import { completionFiles } from './synthesis';

/**
 * Returns every reason why artifacts are not those of one completed synthesis by this version of Diptych: ART001 to ART008.
 *
 * @param described - digests and order of sites of the description that the artifacts must be made from
 * @default described - any description is accepted
 */
export function artifactProblems(
  folders: ArtifactFolders,
  { inputs = {}, deploymentOrder }: Partial<Pick<Digests, 'inputs' | 'deploymentOrder'>> = {},
): Problem[] {
  const missing = completionFiles(folders).filter((path) => !existsSync(path));
  if (missing.length > 0) return missing.map((path) => unfinished(pathOf(folders, path)));
  const read = readDigests(folders);
  if ('problem' in read) return [read.problem];
  return [
    ...foreignTerraform(folders).map((path) => mergedByTerraform(pathOf(folders, path))),
    ...changes(read.data.artifacts, artifactDigests(folders)),
    ...Object.keys(inputs)
      .filter((name) => read.data.inputs[name] !== inputs[name])
      .map(otherInput),
    ...(deploymentOrder && deploymentOrder.join() !== read.data.deploymentOrder?.join() ? [otherInput('order of sites')] : []),
    ...otherVersion(read.data.diptych),
  ];
}

function changes(then: Digests['artifacts'], now: Digests['artifacts']): Problem[] {
  const paths = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  return paths.flatMap((path) => {
    if (then[path] === now[path]) return [];
    if (now[path] === undefined) return [edited('ART003', path, 'the file is missing', 'every file of the synthesis must be there')];
    if (then[path] === undefined)
      return [edited('ART004', path, 'the synthesis did not write this file', 'every file among the artifacts must come from it')];
    return [edited('ART002', path, 'the file changed after the synthesis', 'its digest must be the one in digests.json')];
  });
}

const synthesizeAgain = 'Run npx diptych synth again.';

function edited(code: 'ART002' | 'ART003' | 'ART004', path: string, wrong: string, rule: string): Problem {
  return artifactProblem(code, path, { wrong, rule, fix: synthesizeAgain });
}

function unfinished(path: string): Problem {
  return artifactProblem('ART001', path, {
    wrong: 'the file is missing',
    rule: 'artifacts must be those of a synthesis that was completed',
    fix: 'Run npx diptych synth, or name the folder of the artifacts with --out.',
  });
}

function mergedByTerraform(path: string): Problem {
  return artifactProblem('ART005', path, {
    wrong: 'Terraform would merge this file into the stack',
    rule: 'Terraform must read only what was emitted',
    fix: 'Remove the file; a destroy --unprotect that was killed leaves one.',
  });
}

function otherInput(name: string): Problem {
  return artifactProblem('ART006', 'diptych.out/digests.json', {
    wrong: `the artifacts were made from another ${name}`,
    rule: `they must be made from the ${name} that was given`,
    fix: `${synthesizeAgain.slice(0, -1)}, or leave ESTATE out.`,
  });
}

function otherVersion(found: string | undefined): Problem[] {
  const own = productVersion();
  if (found === own) return [];
  return [
    artifactProblem('ART007', 'diptych.out/digests.json', {
      wrong: `the artifacts were made by ${found === undefined ? 'an earlier version of Diptych' : `version ${found} of Diptych`}`,
      rule: `they must be made by the version that uses them, ${own}`,
      fix: found === undefined ? synthesizeAgain : `Install version ${found}, or run npx diptych synth again.`,
    }),
  ];
}
