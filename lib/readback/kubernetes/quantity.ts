const powers: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Returns true if two values are the same Kubernetes quantity. The API server normalizes quantities, for example `1024Mi` to `1Gi`. */
export function sameQuantity(one: unknown, other: unknown): boolean {
  const [left, right] = [amount(one), amount(other)];
  return left !== undefined && left === right;
}

function amount(value: unknown): number | undefined {
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value)) ?? [];
  return digits === undefined ? undefined : Number(digits) * (powers[suffix] ?? 1);
}
