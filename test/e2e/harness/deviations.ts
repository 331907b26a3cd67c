/** `verdict resource` of every finding that is not as planned. */
export function deviations({
  findings,
}: {
  readonly findings: readonly { readonly verdict: string; readonly resource: string }[];
}): string[] {
  return findings
    .filter(({ verdict }) => verdict !== 'as-planned' && verdict !== 'unknown')
    .map(({ verdict, resource }) => `${verdict} ${resource}`)
    .sort();
}
