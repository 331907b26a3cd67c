/** What an expression of Terraform stands for in an artifact: the text, number or list that is stated elsewhere in it. */
export type Lookup = (expression: string) => unknown;

/** An escape, a whole expression, or the start of one that cannot be read. */
const mark = /([$%])\1\{|\$\{([^{}]*)\}|([$%]\{)/g;

/** Thrown for an expression whose value the artifact does not hold. */
export class UnansweredExpression extends Error {
  constructor(readonly expression: string) {
    super(expression);
    this.name = 'UnansweredExpression';
  }
}

/**
 * Evaluates a text of Terraform JSON: takes escapes back and puts what references stand for in their place.
 *
 * A text that is one whole reference takes on the type of what it refers to.
 *
 * @throws {UnansweredExpression} for a directive, a function, or a reference that is not answered
 */
export function evaluate(text: string, lookup: Lookup): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookup(whole);
  return text.replace(mark, (found: string, sign?: string, expression?: string, unread?: string) => {
    if (sign !== undefined) return `${sign}{`;
    if (expression === undefined || unread !== undefined) throw new UnansweredExpression(found);
    return String(lookup(expression));
  });
}
