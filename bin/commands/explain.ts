import { nearest } from '../../lib/core/nearest';
import { byCodeUnit } from '../../lib/core/order';
import { DescriptionError, problem } from '../../lib/core/problem';
import { catalogue } from '../cli/catalogue';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { stdout } from '../cli/terminal';

export interface ExplainOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

/**
 * Says what a code means and what to do about it, or lists all of them.
 *
 * @throws {DescriptionError} CMD003 for a code that there is not
 */
export async function explain(code: string | undefined, { list, json }: ExplainOptions): Promise<ExitCode> {
  if (list || code === undefined) return listCodes(json ?? false);
  const description = catalogue[code.toUpperCase()];
  if (!description) throw unknownCode(code);
  if (json) {
    stdout.line(JSON.stringify({ code: code.toUpperCase(), ...description }, null, 2));
    return exitCode.ok;
  }
  stdout.line(stdout.style('bold', `${code.toUpperCase()}: ${description.title}`));
  stdout.line();
  stdout.paragraph(description.explanation);
  stdout.line();
  stdout.paragraph(`Fix: ${description.fix}`);
  return exitCode.ok;
}

function listCodes(json: boolean): ExitCode {
  const codes = Object.keys(catalogue).sort(byCodeUnit);
  if (json) stdout.line(JSON.stringify(Object.fromEntries(codes.map((code) => [code, catalogue[code]])), null, 2));
  else for (const code of codes) stdout.line(`${code}  ${catalogue[code]?.title}`);
  return exitCode.ok;
}

function unknownCode(code: string): DescriptionError {
  const meant = nearest(code.toUpperCase(), Object.keys(catalogue));
  const fix = meant ? `Write ${meant}, or see npx diptych explain --list.` : 'See npx diptych explain --list.';
  return new DescriptionError([
    problem('CMD003', 'explain', { cannot: 'explain the code', as: 'there is none of this name', value: code, fix }),
  ]);
}
