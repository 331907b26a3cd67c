import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Problem, problem } from '../../lib/core/problem';
import { contextKey } from '../../lib/estate/load/load';
import { keyProblems } from '../../lib/estate/parse/shape';
import { estateJsonSchema } from '../../lib/estate/plan/json-schema';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr } from '../cli/terminal';
import { estateTemplate } from './init-template';

/** What `cdk.json` says, so that plain `cdk synth` makes both halves: the package is found from any folder below the one that has it. */
const settings = {
  app: `node -e "require('diptych/app')"`,
  versionReporting: false,
  pathMetadata: false,
  assetMetadata: false,
  context: { [contextKey]: 'estate.yaml' },
};

/** Writes a small estate to start from; never over a file that is there. */
export async function init(folder: string, { name }: { name: string }): Promise<ExitCode> {
  const files: Readonly<Record<string, string>> = {
    'estate.yaml': estateTemplate(name),
    'estate.schema.json': `${JSON.stringify(estateJsonSchema(), null, 2)}\n`,
    'cdk.json': `${JSON.stringify(settings, null, 2)}\n`,
  };
  const paths = Object.keys(files).map((file) => join(folder, file));
  const problems = [...keyProblems(name, 'name'), ...paths.filter((path) => existsSync(path)).map(inTheWay)];
  if (problems.length > 0) {
    printProblems(problems);
    return exitCode.usage;
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text, { flag: 'wx' });
  for (const path of paths) stderr.line(`wrote ${relative('.', path)}`);
  stderr.line(
    'Next: edit estate.yaml; then, where the packages diptych and aws-cdk@2 are installed: npx --no -- diptych check, npx --no -- cdk synth.',
  );
  return exitCode.ok;
}

function inTheWay(path: string): Problem {
  const fix = 'Name another folder, or move the file away.';
  return problem('CMD002', path, { cannot: 'write a new estate', as: 'init overwrites nothing', value: 'a file of this name', fix });
}
