import { formatProblem, type Place, type Problem } from '../../lib/core/problem';
import { stderr, stdout } from './terminal';

/** Version of what `--json` prints in place of an answer: a field may be added within one, never removed or given another meaning. */
const version = 'diptych/problems/1';

/** Prints problems for a program, where it waits for an answer. */
export function printProblemsAsJson(problems: readonly Problem[]): void {
  stdout.line(JSON.stringify({ version, problems }, null, 2));
}

/** Prints problems for a person: what, where, and what to do about it. */
export function printProblems(problems: readonly Problem[]): void {
  for (const found of problems) {
    stderr.paragraph(stderr.style('red', formatProblem(found)));
    if (found.place) stderr.line(stderr.style('dim', `  at:  ${formatPlace(found.place)}`));
    stderr.paragraph(`fix: ${found.fix}`, '  ');
    stderr.line();
  }
  const [first] = problems;
  if (!first) return;
  stderr.line(stderr.style('bold', problems.length === 1 ? '1 problem' : `${problems.length} problems`));
  stderr.line(`npx diptych explain ${first.code} says more about the first.`);
}

function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
