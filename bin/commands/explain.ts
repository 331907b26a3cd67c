import { Command } from 'commander';
import { nearest } from '../../lib/core/nearest';
import { byCodeUnit } from '../../lib/core/order';
import { type CodeCatalogue, DescriptionError } from '../../lib/core/problem';
import { commandProblem } from '../cli/codes';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { run } from '../cli/run';
import { stdout } from '../cli/terminal';
import { explainTierCommand } from './explain-tier';
import { json } from './options';

interface ExplainOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

export const explainCommand = new Command('explain')
  .argument('[CODE]')
  .description('print what the code of a problem means')
  .option('--list', 'list all codes')
  .addOption(json())
  .action((code, options) => run(() => explain(code, options), options))
  .addCommand(explainTierCommand);

/**
 * Prints the description of a code, or lists all codes.
 *
 * @throws {DescriptionError} CMD003 for an unknown code
 */
async function explain(code: string | undefined, options: ExplainOptions): Promise<ExitCode> {
  const { catalogue } = await import('../cli/catalogue.js');
  if (options.list || code === undefined) return listCodes(catalogue, options.json ?? false);
  const description = catalogue[code.toUpperCase()];
  if (!description) throw unknownCode(catalogue, code);
  if (options.json) {
    stdout.line(JSON.stringify({ code: code.toUpperCase(), ...description }, null, 2));
    return exitCode.ok;
  }
  stdout.line(stdout.style('bold', `${code.toUpperCase()}${description.severity === 'warning' ? ' (warning)' : ''}: ${description.title}`));
  stdout.line();
  stdout.paragraph(description.explanation);
  stdout.line();
  stdout.paragraph(`Fix: ${description.fix}`);
  return exitCode.ok;
}

function listCodes(catalogue: CodeCatalogue, json: boolean): ExitCode {
  const codes = Object.keys(catalogue).sort(byCodeUnit);
  if (json) stdout.line(JSON.stringify(Object.fromEntries(codes.map((code) => [code, catalogue[code]])), null, 2));
  else for (const code of codes) stdout.line(`${code}  ${catalogue[code]?.title}`);
  return exitCode.ok;
}

function unknownCode(catalogue: CodeCatalogue, code: string): DescriptionError {
  const meant = nearest(code.toUpperCase(), Object.keys(catalogue));
  const fix = meant
    ? `Did you mean ${meant}? Run npx diptych explain --list to see all codes.`
    : 'Run npx diptych explain --list to see all codes.';
  return new DescriptionError([
    commandProblem('CMD003', 'CODE', {
      wrong: 'Diptych has no such code',
      rule: 'the code must be one that explain --list prints',
      got: code,
      fix,
    }),
  ]);
}
