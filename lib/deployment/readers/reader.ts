import type { CloudClients } from '../cloud/clients';
import type { DeclaredResource } from '../probe/declared';

/** A live resource, its attributes in the words of CloudFormation, so that a template is compared with it as it stands. */
export interface LiveResource {
  /** What CloudFormation calls its physical id, or what else identifies it. */
  readonly id: string;
  /** An attribute that is `undefined` is one that the API does not speak of; one that is not set is `null`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What `Fn::GetAtt` answers of it. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Id of what it stands in; where that is ours and the resource is not, it is foreign. */
  readonly within?: string;
}

/** Reads every resource of one type in a region from the API of its own service. */
export interface Reader {
  readonly type: string;
  live(clients: CloudClients): Promise<LiveResource[]>;
  /**
   * What identifies a resource where CloudFormation's physical id does not.
   *
   * @default - the physical id
   */
  readonly idOf?: (declared: DeclaredResource) => string;
  /** Properties that other types' readers compare. */
  readonly elsewhere?: readonly string[];
}

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** Tags without those that services add themselves. */
export function tags(list: readonly Tag[] | undefined): { Key: string; Value: string }[] | undefined {
  return list?.flatMap(({ Key = '', Value = '' }) => (Key.startsWith('aws:') ? [] : [{ Key, Value }]));
}

/** The attributes of an answer that have the same name in a template. */
export function pick<Answer, Name extends keyof Answer>(answer: Answer, ...names: readonly Name[]): Pick<Answer, Name> {
  return Object.fromEntries(names.map((name) => [name, answer[name]])) as Pick<Answer, Name>;
}

/** Every page of an answer, as one list. */
export async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

/** The JSON of a policy document, which services answer as text, some of them encoded for an address. */
export function document(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
}
