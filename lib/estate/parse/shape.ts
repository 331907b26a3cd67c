import type { z } from 'zod';
import { nearest } from '../../core/nearest';
import { type Problem, problem } from '../../core/problem';
import { id } from '../../core/schema';
import { attributeAt } from './schema-walk';

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

/** Where an issue stands: the path of the thing parsed, its schema and what was written there. */
interface Context {
  readonly path: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** Parses one thing by itself: what it is, or every reason why it is not one. */
export function parseThing<T extends z.ZodType>(schema: T, value: unknown, path: string): { data?: z.output<T>; problems: Problem[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { data: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => explain(issue, { path, schema, value })) };
}

function explain(issue: Issue, context: Context): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue, context));
  const path = join(context.path, issue.path);
  const description = attributeAt(context.schema, issue.path, context.value).description;
  switch (issue.code) {
    case 'invalid_type':
      return [issue.input === undefined ? missing(path, description) : wrongType(path, issue, description)];
    case 'too_small':
    case 'too_big':
      return [outOfBounds(path, issue, description)];
    case 'invalid_value':
      return [notOffered(path, issue.values, issue.input, description)];
    case 'invalid_union':
      return [notOffered(path, variants(issue), chosen(issue), description), ...unknownToAll(issue, context)];
    case 'invalid_key':
      return [badKey(path, issue.path.at(-1), issue.issues)];
    default:
      return [badFormat(path, issue, description)];
  }
}

function missing(path: string, description: string | undefined): Problem {
  const key = lastOf(path);
  return problem('SPC001', path, {
    cannot: `leave out ${key}`,
    as: 'it is required',
    value: undefined,
    fix: advise(`Add ${key}`, description),
  });
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  record: 'a map',
  object: 'a map',
  array: 'a list',
  tuple: 'a list',
};

function wrongType(path: string, issue: IssueOf<'invalid_type'>, description: string | undefined): Problem {
  const wanted = typeNames[issue.expected] ?? `a ${issue.expected}`;
  const unquoted = issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input);
  const fix = unquoted ? 'Put the value in quotes' : `Write ${wanted}`;
  return problem('SPC002', path, {
    cannot: `read ${lastOf(path)}`,
    as: `it must be ${wanted}`,
    value: issue.input,
    fix: advise(fix, description),
  });
}

/** Without what tells variants apart nothing else is judged: the names that none of them has may be a misspelling of it. */
function unknownToAll(issue: IssueOf<'invalid_union'>, context: Context): Problem[] {
  if (chosen(issue) !== undefined) return [];
  const at = { ...issue, path: issue.path.slice(0, -1) };
  const { keys } = attributeAt(context.schema, at.path, context.value);
  return Object.keys(issue.input as object)
    .filter((key) => !keys.includes(key))
    .map((key) => unknownKey(key, at, context));
}

function unknownKey(key: string, issue: Pick<Issue, 'path' | 'input'>, context: Context): Problem {
  const { keys } = attributeAt(context.schema, issue.path, context.value);
  const meant = nearest(key, keys);
  const value = (issue.input as Record<string, unknown> | undefined)?.[key];
  return unknownAttribute(join(context.path, [...issue.path, key]), value, meant ? [meant] : keys);
}

/** The problem of an attribute that does not exist; `names` are those that could be meant. */
export function unknownAttribute(path: string, value: unknown, names: readonly string[]): Problem {
  const fix = names.length === 1 ? `Write ${names[0]}, or remove it.` : `Remove it; there are ${names.join(', ')}.`;
  return problem('SPC003', path, { cannot: `take ${lastOf(path)}`, as: 'no attribute has this name', value, fix });
}

/** A required attribute whose name is misspelt is one problem: what stands there under a wrong name is neither missing nor to be removed. */
export function sayMisspeltOnce(problems: readonly Problem[]): Problem[] {
  const missing = problems.filter(({ code }) => code === 'SPC001').map(({ path }) => path);
  const misspelt = new Set<string>();
  const said = problems.map((found) => {
    const holder = holderOf(found.path);
    const beside = found.code === 'SPC003' ? missing.filter((path) => holderOf(path) === holder) : [];
    const meant = nearest(lastOf(found.path), beside.map(lastOf));
    if (meant === undefined) return found;
    misspelt.add(join(holder, [meant]));
    return { ...found, fix: `Write ${meant}.` };
  });
  return said.filter(({ code, path }) => !(code === 'SPC001' && misspelt.has(path)));
}

const counts: Readonly<Record<string, string>> = { array: ' in number', string: ' characters long' };

function outOfBounds(path: string, issue: IssueOf<'too_small' | 'too_big'>, description: string | undefined): Problem {
  const least = issue.code === 'too_small';
  const bound = least ? issue.minimum : issue.maximum;
  const rule = issue.inclusive === false ? (least ? 'more than' : 'less than') : least ? 'at least' : 'at most';
  const counted = counts[issue.origin] ?? '';
  const code = counted ? 'SPC005' : 'SPC004';
  const as = `it must be ${rule} ${bound}${counted}`;
  return problem(code, path, {
    cannot: `take ${lastOf(path)}`,
    as,
    value: issue.input,
    fix: advise(`Write ${rule} ${bound}${counted}`, description),
  });
}

function notOffered(path: string, values: readonly unknown[], value: unknown, description: string | undefined): Problem {
  if (value === undefined) return missing(path, description);
  const offered = values.map(String);
  const meant = typeof value === 'string' ? nearest(value, offered) : undefined;
  const fix = advise(`Write ${meant ?? `one of ${offered.join(', ')}`}`, description);
  return problem('SPC007', path, { cannot: `take ${lastOf(path)}`, as: `it must be one of ${offered.join(', ')}`, value, fix });
}

function variants(issue: IssueOf<'invalid_union'>): readonly unknown[] {
  return (issue as { options?: readonly unknown[] }).options ?? [];
}

function chosen(issue: IssueOf<'invalid_union'>): unknown {
  const { discriminator } = issue as { discriminator?: string };
  return discriminator === undefined ? issue.input : (issue.input as Record<string, unknown>)[discriminator];
}

function badKey(path: string, key: unknown, issues: readonly Issue[]): Problem {
  const as = issues[0] ? ruleOf(issues[0]) : 'a key has another form';
  return problem('SPC008', path, { cannot: `use ${lastOf(path)} as a key`, as, value: key, fix: 'Write a key of that form.' });
}

/** What is wrong with the key of a thing in its map. */
export function keyProblems(key: string, path: string): Problem[] {
  const result = id.safeParse(key, { reportInput: true });
  return result.success ? [] : [badKey(path, key, result.error.issues)];
}

/** The rule that a schema states in words of its own, else the pattern of it. */
function ruleOf(issue: Issue): string {
  return 'pattern' in issue && issue.message.includes('must match pattern') ? `it must match ${issue.pattern}` : issue.message;
}

function badFormat(path: string, issue: Issue, description: string | undefined): Problem {
  return problem('SPC006', path, {
    cannot: `take ${lastOf(path)}`,
    as: ruleOf(issue),
    value: issue.input,
    fix: advise('Write it in that form', description),
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
