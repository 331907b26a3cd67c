/** Where a description says the thing that is wrong. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** One thing that is wrong with a description, in the grammar every error of Diptych follows. */
export interface Problem {
  /** Stable, documented code, such as `ZON003`. */
  readonly code: string;
  /** Path of the attribute in the description: `zones/risk/endpoints/fix/port`. */
  readonly path: string;
  /** `<what is wrong, in the reader's terms>; <the rule, with "must">`. */
  readonly message: string;
  /** The value that was found, as it was typed. */
  readonly got?: string;
  /** What to write instead. */
  readonly fix: string;
  readonly place?: Place;
}

/** What `diptych explain CODE` prints about a code. */
export interface CodeDescription {
  readonly title: string;
  readonly explanation: string;
  readonly fix: string;
}

/** The codes of one domain, keyed by code. */
export type CodeCatalogue = Readonly<Record<string, CodeDescription>>;

/** Says a value on one line, shortened to what a terminal line can bear. */
export function quote(value: unknown): string {
  const text = value === undefined ? 'nothing' : printable(jsonOf(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A value that JSON cannot hold, such as a function or data that refers to itself, is named by its type; infinity is no null. */
function jsonOf(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? `a ${typeof value}`);
  } catch {
    return `a ${typeof value} that JSON cannot hold`;
  }
}

/** A text without the characters that would move a terminal's cursor or turn its writing around. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What is wrong, in the fixed grammar: `<path>: <wrong>; <rule>[: got <value as typed>] [CODE]`. */
export interface Statement {
  /** What is wrong, in the reader's terms, as a clause without a full stop: `zone risk uses slot 3 of zone orders`. */
  readonly wrong: string;
  /** The rule that was broken, as a clause with "must": `every zone of an estate must have a slot of its own`. */
  readonly rule: string;
  /**
   * The value that was found, as it was typed.
   *
   * @default - the message shows no value
   */
  readonly got?: unknown;
  /** What to do instead, as a sentence. */
  readonly fix: string;
}

/** The statement of problems that have not been rewritten yet. */
interface OldStatement {
  readonly cannot: string;
  readonly as: string;
  readonly value: unknown;
  readonly fix: string;
}

/** Builds problems of one catalogue; a code that the catalogue does not document does not compile. */
export type ProblemOf<Catalogue extends CodeCatalogue> = (code: keyof Catalogue & string, path: string, statement: Statement) => Problem;

/**
 * Returns the function that builds the problems of one catalogue.
 *
 * @example
 * import assert from 'node:assert/strict';
 * import { formatProblem, problemOf } from './problem';
 *
 * const zoneProblem = problemOf({
 *   ZON010: { title: 'Slot already in use', explanation: 'Two zones have the same slot.', fix: 'Write another slot.' },
 * });
 * const found = zoneProblem('ZON010', 'zones/risk/slot', {
 *   wrong: 'zone orders already uses this slot',
 *   rule: 'every zone must have a slot of its own',
 *   got: 3,
 *   fix: 'Write slot: 4.',
 * });
 * assert.match(formatProblem(found), /^zones\/risk\/slot: .+; .+ must .+: got 3 \[ZON010\]$/);
 */
export function problemOf<const Catalogue extends CodeCatalogue>(_catalogue: Catalogue): ProblemOf<Catalogue> {
  return problem;
}

/** A problem in the fixed grammar. */
export function problem(code: string, path: string, statement: Statement | OldStatement): Problem {
  if ('cannot' in statement) {
    const { cannot, as, value, fix } = statement;
    return { code, path, message: printable(`Cannot ${cannot} as ${as}: current value is ${quote(value)}`), fix: printable(fix) };
  }
  const { wrong, rule, got, fix } = statement;
  return {
    code,
    path,
    message: printable(`${wrong}; ${rule}`),
    ...(got !== undefined && { got: quote(got) }),
    fix: printable(fix),
  };
}

/** A problem as one line: `<path>: <what is wrong>; <the rule>[: got <value as typed>] [CODE]`. */
export function formatProblem({ path, message, got, code }: Problem): string {
  return `${printable(path)}: ${message}${got === undefined ? '' : `: got ${got}`} [${code}]`;
}

/**
 * Thrown for a description that cannot be planned. It holds every problem that was found.
 *
 * @example
 * import assert from 'node:assert/strict';
 * import { DescriptionError, Estate, planDescription, Zone } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['undeclared'], slot: 1 });
 * assert.throws(() => planDescription(estate), DescriptionError);
 */
export class DescriptionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'DescriptionError';
  }
}

/**
 * Thrown immediately if the programming interface is used in a way that a description cannot express.
 *
 * @example
 * import assert from 'node:assert/strict';
 * import { Estate, UsageError, Zone } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * const risk = new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['frankfurt'], slot: 1 });
 * risk.allowFrom('members');
 * assert.throws(() => risk.allowFrom('members'), UsageError);
 */
export class UsageError extends Error {
  constructor(
    readonly code: string,
    readonly path: string,
    message: string,
  ) {
    super(`${path}: ${message} [${code}]`);
    this.name = 'UsageError';
  }
}
