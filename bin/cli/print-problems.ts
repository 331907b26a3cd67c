import { formatProblem, type Place, type Problem, printable } from '../../lib/core/problem';
import { stderr, stdout } from './terminal';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/problems/1';

/** Prints problems as JSON on standard output, where a program expects the result of the command. */
export function printProblemsAsJson(problems: readonly Problem[]): void {
  stdout.line(JSON.stringify({ version, problems }, null, 2));
}

/** Prints problems as text on standard error, each with its place and its fix. */
export function printProblems(problems: readonly Problem[]): void {
  print(problems, 'problem', (line) => stderr.style('red', line));
}

/** Prints warnings as {@link printProblems} prints problems, each marked as a warning. */
export function printWarnings(warnings: readonly Problem[]): void {
  print(warnings, 'warning', (line) => stderr.style('yellow', `warning: ${line}`));
}

function print(found: readonly Problem[], kind: 'problem' | 'warning', headline: (line: string) => string): void {
  for (const one of found) {
    stderr.paragraph(headline(formatProblem(one)));
    if (one.place) stderr.line(stderr.style('dim', `  at:  ${formatPlace(one.place)}`));
    const earlier = one.conflictsWith;
    if (earlier?.place) stderr.line(stderr.style('dim', `  and: ${formatPlace(earlier.place)} (${printable(earlier.path)})`));
    stderr.paragraph(`fix: ${one.fix}`, '  ');
    stderr.line();
  }
  const [first] = found;
  if (!first) return;
  stderr.line(stderr.style('bold', found.length === 1 ? `1 ${kind}` : `${found.length} ${kind}s`));
  stderr.line(`Run npx diptych explain ${first.code} to read more about the first.`);
}

function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
