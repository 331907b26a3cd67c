import type { z } from 'zod';
import type { FormFault } from '../../core/cidr-fault';
import { nearest } from '../../core/nearest';
import type { Problem } from '../../core/problem';
import { id } from '../../core/schema';
import { shapeProblem } from '../codes';
import { attributeAt } from './schema-walk';

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

/** The value that was parsed, its schema and its path. */
interface Context {
  readonly path: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** The attribute that an issue is about. */
interface Subject {
  readonly path: string;
  /** Name of the attribute for the reader: `slot`, or `item 2 of ports`. */
  readonly name: string;
  /** Text of the schema about the attribute. */
  readonly description: string | undefined;
}

/** Parses a value with a schema, and returns the parsed value or a problem for each error in it. */
export function parseThing<T extends z.ZodType>(schema: T, value: unknown, path: string): { data?: z.output<T>; problems: Problem[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { data: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => explain(issue, { path, schema, value })) };
}

function explain(issue: Issue, context: Context): Problem[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, issue, context);
  const subject = subjectOf(issue, context);
  switch (issue.code) {
    case 'invalid_type':
      return [issue.input === undefined ? missing(subject) : wrongType(subject, issue)];
    case 'too_small':
    case 'too_big':
      return [outOfBounds(subject, issue)];
    case 'invalid_value':
      return [notAllowed(subject, issue.values, issue.input)];
    case 'invalid_union':
      return [notAllowed(subject, variants(issue), chosen(issue)), ...keysOfNoVariant(issue, context)];
    case 'invalid_key':
      return [badKey(subject.path, issue.path.at(-1), issue.issues)];
    default:
      return [badFormat(subject, issue)];
  }
}

function subjectOf(issue: Issue, context: Context): Subject {
  const path = join(context.path, issue.path);
  const key = issue.path.at(-1);
  const name = typeof key === 'number' ? `item ${key + 1} of ${nameOf(issue.path.slice(0, -1), context)}` : nameOf(issue.path, context);
  return { path, name, description: attributeAt(context.schema, issue.path, context.value).description };
}

function nameOf(path: readonly PropertyKey[], context: Context): string {
  return String(path.at(-1) ?? lastOf(context.path));
}

function missing({ path, name, description }: Subject): Problem {
  return shapeProblem('SPC001', path, {
    wrong: `${name} is missing`,
    rule: 'an attribute without a default must be written',
    fix: advise(`Add ${name}`, description),
  });
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  record: 'a map',
  object: 'a map',
  array: 'a list',
  tuple: 'a list',
};

/** Names the type of a value as the reader knows it. */
function typeOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) || !Number.isFinite(value) ? 'a number' : 'a number with decimals';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

function wrongType({ path, name, description }: Subject, issue: IssueOf<'invalid_type'>): Problem {
  const wanted = typeNames[issue.expected] ?? `a ${issue.expected}`;
  const unquoted = issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input);
  const actual = typeOf(issue.input);
  const wrong = Number.isFinite(issue.input) || typeof issue.input !== 'number' ? `${name} is ${actual}` : `${name} is not a finite number`;
  const fix = unquoted ? 'Put the value in quotes' : `Write ${wanted}`;
  // Lists and maps are named by their type alone: the place shows them, and one line would not hold them.
  const got = typeof issue.input === 'object' ? undefined : issue.input;
  return shapeProblem('SPC002', path, { wrong, rule: `it must be ${wanted}`, got, fix: advise(fix, description) });
}

/** Reports unknown keys of a value that has no `kind`, because one of them may be a misspelling of it. */
function keysOfNoVariant(issue: IssueOf<'invalid_union'>, context: Context): Problem[] {
  if (chosen(issue) !== undefined) return [];
  const at = { ...issue, path: issue.path.slice(0, -1) };
  const { keys } = attributeAt(context.schema, at.path, context.value);
  return unknownKeys(
    Object.keys(issue.input as object).filter((key) => !keys.includes(key)),
    at,
    context,
  );
}

function unknownKeys(unknown: readonly string[], issue: Pick<Issue, 'path'>, context: Context): Problem[] {
  const { keys } = attributeAt(context.schema, issue.path, context.value);
  return unknownAttributes(unknown, keys, (key) => join(context.path, [...issue.path, key]));
}

/** More unknown attributes than this at one position have one cause, and are reported together. */
const maxUnknown = 20;

/** Builds the problems of attributes that do not exist at a position, where others exist. */
export function unknownAttributes(unknown: readonly string[], names: readonly string[], pathOf: (key: string) => string): Problem[] {
  const [first = ''] = unknown;
  if (unknown.length > maxUnknown) {
    const wrong = `there is no attribute ${first}, nor ${(unknown.length - 1).toLocaleString('en-US')} others beside it`;
    const fix = `Remove them. The attributes here are ${names.join(', ')}.`;
    return [shapeProblem('SPC003', pathOf(first), { wrong, rule: 'every attribute must be one of the schema', fix })];
  }
  return unknown.map((key) => {
    const meant = nearest(key, names);
    return unknownAttribute(pathOf(key), key, meant ? [meant] : names);
  });
}

/**
 * Builds the problem of an attribute that does not exist.
 *
 * @param names the attribute that was probably meant, or all attributes that exist at this position
 */
function unknownAttribute(path: string, key: string, names: readonly string[]): Problem {
  const fix = names.length === 1 ? `Write ${names[0]}, or remove it.` : `Remove it. The attributes here are ${names.join(', ')}.`;
  return shapeProblem('SPC003', path, { wrong: `there is no attribute ${key}`, rule: 'every attribute must be one of the schema', fix });
}

/** Replaces the two problems of a required attribute with a misspelt name, missing and unknown, with one. */
export function joinMisspelt(problems: readonly Problem[]): Problem[] {
  const missing = problems.filter(({ code }) => code === 'SPC001').map(({ path }) => path);
  const misspelt = new Set<string>();
  const joined = problems.map((found) => {
    const holder = holderOf(found.path);
    const beside = found.code === 'SPC003' ? missing.filter((path) => holderOf(path) === holder) : [];
    const meant = nearest(lastOf(found.path), beside.map(lastOf));
    if (meant === undefined) return found;
    misspelt.add(join(holder, [meant]));
    return { ...found, fix: `Write ${meant}.` };
  });
  return joined.filter(({ code, path }) => !(code === 'SPC001' && misspelt.has(path)));
}

/** Units of what is counted; other bounds are those of numbers. */
const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  array: ['item', 'items'],
  string: ['character', 'characters'],
};

function outOfBounds({ path, name, description }: Subject, issue: IssueOf<'too_small' | 'too_big'>): Problem {
  const small = issue.code === 'too_small';
  const bound = Number(small ? issue.minimum : issue.maximum);
  const limit = issue.inclusive === false ? (small ? 'more than' : 'less than') : small ? 'at least' : 'at most';
  const unit = units[issue.origin];
  if (!unit) {
    return shapeProblem('SPC004', path, {
      wrong: `${name} is too ${small ? 'small' : 'large'}`,
      rule: `it must be ${limit} ${bound}`,
      got: issue.input,
      fix: advise(`Write ${limit} ${bound}`, description),
    });
  }
  const wanted = `${limit} ${bound} ${unit[bound === 1 ? 0 : 1]}`;
  return shapeProblem('SPC005', path, {
    wrong: `${name} has too ${small ? 'few' : 'many'} ${unit[1]}`,
    rule: `it must have ${wanted}`,
    ...(issue.origin === 'string' && { got: issue.input }),
    fix: advise(`Write ${wanted}`, description),
  });
}

function notAllowed(subject: Subject, values: readonly unknown[], value: unknown): Problem {
  if (value === undefined) return missing(subject);
  const allowed = values.map(String);
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  const choice = allowed.length === 1 ? allowed.join() : `one of ${allowed.join(', ')}`;
  return shapeProblem('SPC007', subject.path, {
    wrong: `${subject.name} does not have this value`,
    rule: `it must be ${choice}`,
    got: value,
    fix: advise(`Write ${meant ?? choice}`, subject.description),
  });
}

/** Values of the attribute that distinguishes the variants of a union. */
function variants(issue: IssueOf<'invalid_union'>): readonly unknown[] {
  return (issue as { options?: readonly unknown[] }).options ?? [];
}

/** The value given for the attribute that distinguishes the variants of a union. */
function chosen(issue: IssueOf<'invalid_union'>): unknown {
  const { discriminator } = issue as { discriminator?: string };
  return discriminator === undefined ? issue.input : (issue.input as Record<string, unknown>)[discriminator];
}

function badKey(path: string, key: unknown, issues: readonly Issue[]): Problem {
  return shapeProblem('SPC008', path, {
    wrong: 'the key does not have the right form',
    rule: ruleOf(issues[0]),
    got: key,
    fix: 'Rename the key.',
  });
}

/** Checks that a key of a map is a valid id. */
export function keyProblems(key: string, path: string): Problem[] {
  const result = id.safeParse(key, { reportInput: true });
  return result.success ? [] : [badKey(path, key, result.error.issues)];
}

/** Returns the rule that the schema states; the texts of the schema library never reach the reader. */
function ruleOf(issue: Issue | undefined): string {
  return issue?.message.includes(' must ') ? issue.message : 'it must have the form that the schema describes';
}

function badFormat({ path, name, description }: Subject, issue: Issue): Problem {
  const { wrong, fix } = ((issue.code === 'custom' && issue.params) || {}) as Partial<FormFault>;
  return shapeProblem('SPC006', path, {
    wrong: wrong ?? `${name} does not have the right form`,
    rule: ruleOf(issue),
    got: issue.input,
    fix: fix ?? advise('Write it in that form', description),
  });
}

function advise(fix: string, description: string | undefined): string {
  return description ? `${fix}: ${description}` : `${fix}.`;
}

function join(path: string, rest: readonly PropertyKey[]): string {
  return [path, ...rest.map(String)].filter((segment) => segment !== '').join('/');
}

function holderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
