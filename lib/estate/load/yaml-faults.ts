import type { YAMLError } from 'yaml';
import type { Problem, Statement } from '../../core/problem';
import { loadingProblem } from '../codes';

type Fault = Pick<Statement, 'wrong' | 'rule'>;

const fault = (wrong: string, rule: string): Fault => ({ wrong, rule });

const validYaml = 'a description must be valid YAML 1.2';

/** Errors of the parser, except repeated keys, which have a code of their own. */
export type SyntaxFault = Exclude<YAMLError['code'], 'DUPLICATE_KEY'>;

/** Syntax errors of YAML in the reader's terms, keyed by the code of the parser. */
const faults: Readonly<Record<SyntaxFault, Fault>> = {
  ALIAS_PROPS: fault('an alias has an anchor or a tag', 'an alias must have neither'),
  BAD_ALIAS: fault('the name of an anchor or alias is not valid', 'the name must not be empty or end with a colon'),
  BAD_COLLECTION_TYPE: fault('a value has a tag', 'a description must not contain tags'),
  BAD_DIRECTIVE: fault('a directive is not valid', 'a line that starts with % must be a directive of YAML'),
  BAD_DQ_ESCAPE: fault('a string in double quotes has an unknown escape sequence', 'a backslash in double quotes must be written twice'),
  BAD_INDENT: fault('the line is indented differently from its neighbors', 'entries of one map or list must have the same indentation'),
  BAD_PROP_ORDER: fault('an anchor or tag is at the wrong position', 'it must be directly before its value'),
  BAD_SCALAR_START: fault('a value starts with a special character', 'such a value must be in quotes'),
  BLOCK_AS_IMPLICIT_KEY: fault('the line has a second key', 'a map inside a map must start on a new line'),
  BLOCK_IN_FLOW: fault('an indented list or map is inside brackets', 'a list or map inside brackets must use brackets as well'),
  IMPOSSIBLE: fault('the file is not valid YAML', validYaml),
  KEY_OVER_1024_CHARS: fault('a key has more than 1,024 characters', 'keys must be shorter'),
  MISSING_CHAR: fault('a character is missing', validYaml),
  MULTILINE_IMPLICIT_KEY: fault('a key has no colon on its line', 'a key and its colon must be on one line'),
  MULTIPLE_ANCHORS: fault('a value has more than one anchor', 'a value must have at most one anchor'),
  MULTIPLE_DOCS: fault('the file contains more than one document', 'a description must be one YAML document'),
  MULTIPLE_TAGS: fault('a value has more than one tag', 'a description must not contain tags'),
  NON_STRING_KEY: fault('a key is not a string', 'keys of a map must be strings'),
  RESOURCE_EXHAUSTION: fault('lists and maps are nested too deeply', 'a description must have fewer levels'),
  TAB_AS_INDENT: fault('the line is indented with a tab', 'lines must be indented with spaces'),
  TAG_RESOLVE_FAILED: fault('a value has a tag', 'a description must not contain tags'),
  UNEXPECTED_TOKEN: fault('the text at this position is not expected', validYaml),
};

/** Faults that share a code of the parser and differ in its message. */
const byMessage: readonly (readonly [pattern: RegExp, found: Fault])[] = [
  [/end with a }/, fault('a map in braces is not closed', 'it must end with }')],
  [/end with a ]/, fault('a list in brackets is not closed', 'it must end with ]')],
  [/closing/, fault('a string in quotes is not closed', 'a string must end with the quote that it starts with')],
  [/map values/, fault('a key has no colon', 'keys of a map must be followed by a colon and a space')],
  [/- indicator/, fault('an entry of a list has no hyphen', 'entries of a list must start with a hyphen and a space')],
  [/Comments/, fault('a comment follows a value without a space', 'a comment must be preceded by a space')],
  [/Missing ,/, fault('a comma is missing between two entries', 'entries inside brackets must be separated by commas')],
  [/space after/, fault('a space is missing after a colon', 'a colon must be followed by a space')],
];

/** Builds the problem of a syntax error. */
export function syntaxProblem(code: SyntaxFault, message: string, file: string): Problem {
  const [, worded] = byMessage.find(([pattern]) => pattern.test(message)) ?? [];
  return loadingProblem('EST002', file, { ...(worded ?? faults[code]), fix: 'Correct the YAML at this position.' });
}

/** Builds the problem of a key that its map has already. */
export function repeatedKeyProblem(key: string, firstLine: number, file: string): Problem {
  return loadingProblem('EST003', file, {
    wrong: `key ${key} is in its map twice, first on line ${firstLine}`,
    rule: 'keys of a map must be unique',
    fix: 'Rename or remove one of them.',
  });
}

/** Builds the problem of a number that readers of YAML understand differently. */
export function leadingZeroProblem(source: string, file: string): Problem {
  const plain = source.replace(/^([-+]?)0+(?=\d)/, '$1');
  return loadingProblem('EST019', file, {
    wrong: `the number ${source} has a leading zero`,
    rule: 'a number must be written without leading zeros, because some readers take it for an octal number',
    fix: `Write ${plain}, or "${source}" if it is text.`,
  });
}

/** Builds the problem of aliases that cannot be replaced by what they refer to. */
export function aliasProblem(file: string, wrong: string, rule: string): Problem {
  return loadingProblem('EST004', file, { wrong, rule, fix: 'Write the values instead of the aliases.' });
}

const contents: Readonly<Record<string, string>> = { string: 'a string', number: 'a number', boolean: 'a boolean' };

/** Builds the problem of a file that contains no map. */
export function notMapProblem(file: string, raw: unknown): Problem {
  const found = Array.isArray(raw) ? 'a list' : contents[typeof raw];
  return loadingProblem('EST005', file, {
    wrong: found ? `the file contains ${found}` : 'the file is empty',
    rule: 'an estate must be a map with the attributes estate, haproxy, sites and zones',
    fix: 'Start from `npx diptych init`, or from an example.',
  });
}

/** Builds the problem of a key that JavaScript would not keep. */
export function reservedKeyProblem(file: string): Problem {
  return loadingProblem('EST011', file, {
    wrong: 'key __proto__ has a meaning of its own in JavaScript',
    rule: 'keys must not be __proto__',
    fix: 'Rename the key.',
  });
}
