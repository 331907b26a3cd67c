import type { Problem, Statement } from '../../lib/core/problem';
import { commandProblem } from './codes';

/** Error of commander, the argument parser. */
interface ParserError {
  /** Code such as `commander.unknownOption`. */
  readonly code: string;
  readonly message: string;
}

/** Statement of a problem, whose fix is optional. */
type Usage = Omit<Statement, 'fix'> & { readonly path: string; readonly fix?: string };

const help = 'Run the command with --help to see its arguments and options.';

/** Translates an error of the argument parser, so that it follows the grammar of all other problems. */
export function usageProblem({ code, message }: ParserError): Problem {
  const { path, fix = help, ...statement } = usageOf(code, message);
  return commandProblem('CMD009', path, { ...statement, fix });
}

function usageOf(code: string, message: string): Usage {
  const [, name = 'diptych', value] = /'([^']+)'(?: (?:argument|value) '([^']*)')?/.exec(message) ?? [];
  const flag = name.split(/[ ,]/)[0] ?? name;
  const [, meant] = /Did you mean (?:one of )?([^?]+)\?/.exec(message) ?? [];
  const fix = meant === undefined ? help : `Did you mean ${meant}?`;
  switch (code) {
    case 'commander.unknownCommand':
      return { path: name, wrong: 'diptych has no such command', rule: 'the command must be one that diptych --help lists', fix };
    case 'commander.unknownOption':
      return { path: name, wrong: 'the command has no such option', rule: 'every option must be one that --help lists', fix };
    case 'commander.missingArgument':
      return { path: name, wrong: 'the argument is missing', rule: 'the command must be given all required arguments' };
    case 'commander.optionMissingArgument':
      return { path: flag, wrong: 'the value of the option is missing', rule: 'the option must be followed by a value' };
    case 'commander.invalidArgument': {
      const [, choices] = /Allowed choices are (.+)\./.exec(message) ?? [];
      return { path: flag, wrong: 'the option does not accept this value', rule: `the value must be one of ${choices}`, got: value };
    }
    case 'commander.excessArguments': {
      const [, expected, got] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? [];
      const rule = `there must be at most ${expected}`;
      return { path: 'diptych', wrong: 'the command has too many arguments', rule, got: Number(got) };
    }
    default:
      return { path: flag, wrong: 'the command line is invalid', rule: 'arguments and options must be those that --help lists' };
  }
}
