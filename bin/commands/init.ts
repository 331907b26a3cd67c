import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import type { Problem } from '../../lib/core/problem';
import { commandProblem } from '../cli/codes';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { run } from '../cli/run';
import { stderr } from '../cli/terminal';

/** Content of `cdk.json`. With it, `cdk synth` writes both halves from any folder below the one that installs the package. */
const cdkSettings = (contextKey: string) => ({
  app: `node -e "require('diptych/app')"`,
  versionReporting: false,
  pathMetadata: false,
  assetMetadata: false,
  context: { [contextKey]: 'estate.yaml' },
});

export const initCommand = new Command('init')
  .argument('[FOLDER]', 'where to write it', '.')
  .description('write a small example estate to start from')
  .option('--name <name>', 'name of the estate', 'example')
  .action((folder, options) => run(() => init(folder, options)));

/** Writes a small example estate. Existing files are never overwritten. */
async function init(folder: string, { name }: { readonly name: string }): Promise<ExitCode> {
  const [{ contextKey }, { keyProblems }, { estateJsonSchema }, { estateTemplate }] = await Promise.all([
    import('../../lib/estate/load/default-estate.js'),
    import('../../lib/estate/parse/schema-issues.js'),
    import('../../lib/estate/plan/json-schema.js'),
    import('./init-template.js'),
  ]);
  const files: Readonly<Record<string, string>> = {
    'estate.yaml': estateTemplate(name),
    'estate.schema.json': `${JSON.stringify(estateJsonSchema(), null, 2)}\n`,
    'cdk.json': `${JSON.stringify(cdkSettings(contextKey), null, 2)}\n`,
  };
  const paths = Object.keys(files).map((file) => join(folder, file));
  const problems = [...keyProblems(name, 'name'), ...paths.filter((path) => existsSync(path)).map(fileExists)];
  if (problems.length > 0) {
    printProblems(problems);
    return exitCode.usage;
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text, { flag: 'wx' });
  for (const path of paths) stderr.line(`wrote ${relative('.', path)}`);
  stderr.line(
    'Next: edit estate.yaml, install the packages diptych and aws-cdk@2, then run npx --no -- diptych check and npx --no -- cdk synth.',
  );
  return exitCode.ok;
}

function fileExists(path: string): Problem {
  const fix = 'Name another folder, or move the file away.';
  return commandProblem('CMD002', path, { wrong: 'the file already exists', rule: 'diptych init must not overwrite files', fix });
}
