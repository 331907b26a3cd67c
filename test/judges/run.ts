import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installed } from '../e2e/tools/cache';
import { bootScripts, templateFiles } from './templates';
import { judges } from './tool';

const root = join(__dirname, '..', '..');
/** Folder of the templates: an argument, or where `cdk synth` writes. */
const assembly = process.argv[2] ?? join(root, 'cdk.out');

/** What a judge says; nothing where it has nothing to say. */
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

/** Has the emitted templates judged, and the boot scripts in them; `npm run judges`. */
function main(): number {
  const files = templateFiles(assembly);
  if (files.length === 0) {
    console.error(`Cannot judge templates: ${assembly} holds none; run \`npx cdk synth\` first`);
    return 1;
  }
  const scripts = files.flatMap((file) => [...bootScripts(file)]);
  const verdicts = [
    // By its module: the programs that pip writes know the folder in which they were installed, before it got its name.
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
