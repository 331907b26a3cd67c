/** Position in a file of a description. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** One error, in the grammar that all errors of Diptych follow. */
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
  /** The earlier of two declarations that contradict each other. The problem itself is about the later one. */
  readonly conflictsWith?: { readonly path: string; readonly place?: Place };
}

/** What `diptych explain CODE` prints about a code. */
export interface CodeDescription {
  /**
   * A warning is about a description that is lawful, but probably not meant so. It does not keep an estate from being deployed.
   *
   * @default - an error
   */
  readonly severity?: 'warning';
  readonly title: string;
  readonly explanation: string;
  readonly fix: string;
}

/** The codes of one domain, keyed by code. */
export type CodeCatalogue = Readonly<Record<string, CodeDescription>>;

/** Longest value that an error shows, in characters. */
const longestValue = 80;

/** Returns a text on one line, cut to 80 characters. */
export function oneLine(text: string): string {
  const shown = printable(text);
  return shown.length > longestValue ? `${shown.slice(0, longestValue - 3)}...` : shown;
}

/** Returns a value as JSON on one line, cut to 80 characters. */
export function quote(value: unknown): string {
  return value === undefined ? 'nothing' : oneLine(jsonOf(value));
}

/** Names the type of a value that JSON cannot represent, such as a function or an object that contains itself. */
function jsonOf(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? `a ${typeof value}`);
  } catch {
    return `a ${typeof value} that JSON cannot hold`;
  }
}

/** Replaces control characters, line breaks and bidirectional marks, which would change how a terminal shows the text, with escapes. */
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
  /**
   * Path of an earlier declaration that this one contradicts.
   *
   * @default - the problem is about one declaration
   */
  readonly conflictsWith?: string;
  /** What to do instead, as a sentence. */
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

function problem(code: string, path: string, { wrong, rule, got, conflictsWith, fix }: Statement): Problem {
  return {
    code,
    path,
    message: printable(`${wrong}; ${rule}`),
    ...(got !== undefined && { got: quote(got) }),
    ...(conflictsWith !== undefined && { conflictsWith: { path: conflictsWith } }),
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
