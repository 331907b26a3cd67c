import type { DeployedResource } from '../deployed';

/** What is compared of one resource: whatever its API answers faithfully. */
export type Facts = Readonly<Record<string, unknown>>;

/** Reads one type of resource back from the API of its own service, and says of its template what the same answer would be. */
export interface Reader {
  readonly type: string;
  /** Facts by physical id, of all there are. */
  live(): Promise<Map<string, Facts>>;
  /** @returns the facts that the live resource has to show */
  declared(resource: DeployedResource): Facts;
}

/** Drops what is not there, so that an absent attribute equals an undefined one. */
export function facts(values: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}

/** A list of tags, or of attributes, as a record; tags that CloudFormation itself adds are left out. */
export function byKey(pairs: unknown): Record<string, string> {
  const list = (pairs ?? []) as readonly { readonly Key?: string; readonly Value?: string }[];
  return Object.fromEntries(list.flatMap(({ Key = '', Value = '' }) => (Key.startsWith('aws:') ? [] : [[Key, String(Value)]])));
}

/** A number that a template may hold as text. */
export function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** A list whose order means nothing. */
export function sorted(values: unknown): string[] {
  return [...((values ?? []) as string[])].sort();
}
