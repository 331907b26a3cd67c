import { formatProblem, type Place, type Problem } from '../../lib/core/problem';
import { stderr, stdout } from './terminal';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/problems/1';

/** Prints problems as JSON on standard output, where a program expects the result of the command. */
export function printProblemsAsJson(problems: readonly Problem[]): void {
  stdout.line(JSON.stringify({ version, problems }, null, 2));
}

/** Prints problems as text on standard error, each with its place and its fix. */
export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems) {
    stderr.paragraph(stderr.style('red', formatProblem(problem)));
    if (problem.place) stderr.line(stderr.style('dim', `  at:  ${formatPlace(problem.place)}`));
    stderr.paragraph(`fix: ${problem.fix}`, '  ');
    stderr.line();
  }
  const [first] = problems;
  if (!first) return;
  stderr.line(stderr.style('bold', problems.length === 1 ? '1 problem' : `${problems.length} problems`));
  stderr.line(`Run npx diptych explain ${first.code} to read more about the first.`);
}

function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
