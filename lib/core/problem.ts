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
  /** `Cannot <action> as <rule>: current value is <value>`. */
  readonly message: string;
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

/** A problem in the fixed grammar. */
export function problem(
  code: string,
  path: string,
  statement: { readonly cannot: string; readonly as: string; readonly value: unknown; readonly fix: string },
): Problem {
  return {
    code,
    path,
    message: printable(`Cannot ${statement.cannot} as ${statement.as}: current value is ${quote(statement.value)}`),
    fix: printable(statement.fix),
  };
}

/** A problem as one line: `<path>: Cannot <action> as <rule>: current value is <value> [CODE]`. */
export function formatProblem({ path, message, code }: Problem): string {
  return `${printable(path)}: ${message} [${code}]`;
}

/** Thrown once for a description that cannot be planned, with every problem found in it. */
export class DescriptionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'DescriptionError';
  }
}

/** Thrown at once where the programming interface is misused. */
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
