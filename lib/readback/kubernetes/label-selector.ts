/** Labels of a Kubernetes object. */
export type Labels = Readonly<Record<string, string>>;

/** Label selector with `matchLabels` and `matchExpressions`, as in a NetworkPolicy. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** Returns true if a label selector matches the labels. An empty label selector matches everything. */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const holds = Object.entries(matchLabels).every(([label, value]) => labels[label] === value);
  return holds && matchExpressions.every(({ key, operator, values = [] }) => satisfies(operator, labels[key], values));
}

function satisfies(operator: string, value: string | undefined, values: readonly string[]): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  return value !== undefined && values.includes(value);
}

/** Returns true if the selector of a Service matches the labels. An empty Service selector matches nothing. */
export function serviceSelects(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).length > 0 && matches({ matchLabels: selector }, labels);
}
