import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installed } from '../e2e/tools/cache';
import { bootScripts, templateFiles } from './templates';
import { judges } from './tool';

const root = join(__dirname, '..', '..');
/** Folder of the templates: the first argument, by default the output of `cdk synth`. */
const assembly = process.argv[2] ?? join(root, 'cdk.out');

/** Output of a validator; an empty string if it finds nothing. */
function judge(program: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(join(installed(judges), 'bin', program), args, {
    cwd: root,
    encoding: 'utf8',
    input,
  });
  if (error) throw error;
  return status === 0 ? '' : `${stdout}${stderr}` || `${program} ended with ${status}`;
}

function judgeScript(launchTemplate: string, script: string): string {
  const verdict = judge('shellcheck', ['--severity=style', '--shell=bash', '-'], script);
  return verdict && `boot script of ${launchTemplate}: ${verdict}`;
}

/** Validates the emitted templates and the boot scripts in them: `npm run judges`. */
function main(): number {
  const files = templateFiles(assembly);
  if (files.length === 0) {
    console.error(`${assembly} contains no templates; run \`npx cdk synth\` first`);
    return 1;
  }
  const scripts = files.flatMap((file) => [...bootScripts(file)]);
  const verdicts = [
    // Started as a module, because the programs that pip writes contain the path of the folder before it was renamed.
    judge('python', [
      '-c',
      'import sys; from cfnlint.runner import main; sys.exit(main())',
      '--config-file',
      '.cfnlintrc.yaml',
      '--',
      ...files,
    ]),
    ...scripts.map(([id, script]) => judgeScript(id, script)),
  ].filter((verdict) => verdict !== '');
  for (const verdict of verdicts) console.error(verdict);
  console.log(
    `judged ${files.length} templates and ${scripts.length} boot scripts: ${verdicts.length === 0 ? 'no finding' : 'findings above'}`,
  );
  return verdicts.length === 0 ? 0 : 1;
}

process.exitCode = main();
