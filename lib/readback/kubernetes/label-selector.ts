/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** A selector as policies write it. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** Whether a selector of a policy selects something with these labels; one that is empty selects everything. */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const holds = Object.entries(matchLabels).every(([label, value]) => labels[label] === value);
  return holds && matchExpressions.every(({ key, operator, values = [] }) => fits(operator, labels[key], values));
}

function fits(operator: string, value: string | undefined, values: readonly string[]): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  return value !== undefined && values.includes(value);
}

/** Whether a selector of a Service selects something with these labels; one that is empty selects nothing. */
export function leadsTo(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).length > 0 && matches({ matchLabels: selector }, labels);
}
