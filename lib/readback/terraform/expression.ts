/** Returns the value of a Terraform reference from the artifact: a string, number or list. */
export type Lookup = (expression: string) => unknown;

/** Matches an escape (`$${`), a complete expression, or the start of an expression that is not supported. */
const template = /([$%])\1\{|\$\{([^{}]*)\}|([$%]\{)/g;

/** Thrown for an expression whose value the artifact does not contain. */
export class UnresolvedExpression extends Error {
  constructor(readonly expression: string) {
    super(expression);
    this.name = 'UnresolvedExpression';
  }
}

/**
 * Evaluates a Terraform JSON string: resolves escapes and replaces references by their values.
 *
 * A string that consists of a single reference returns the value with its own type.
 *
 * @throws {UnresolvedExpression} for a directive, a function call, or a reference that the lookup cannot resolve
 */
export function evaluate(text: string, lookup: Lookup): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookup(whole);
  return text.replace(template, (found: string, sign?: string, expression?: string, unread?: string) => {
    if (sign !== undefined) return `${sign}{`;
    if (expression === undefined || unread !== undefined) throw new UnresolvedExpression(found);
    return String(lookup(expression));
  });
}
