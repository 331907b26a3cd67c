import type { CloudClients } from '../../aws/clients';
import { type PhysicalIdsByType, reasonOf } from '../../aws/physical-ids';

/** A resource of a template, with every reference replaced by what it refers to. */
export interface DeclaredResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Absent of what stands in another resource, such as a rule stated with its group, and of what was never made. */
  readonly physicalId?: string;
  /** Physical id of the resource that it stands in. */
  readonly within?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Why nothing can be said of it: nobody answers what became of it, or what it refers to. */
  readonly failure?: string;
}

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
  /** Why its service says no more of it. */
  readonly failure?: string;
}

/** Reads the resources of one type in a region from the API of its own service. */
export interface Reader {
  readonly type: string;
  /** Everything there is, as far as it is ours or stands in what is ours; details are asked only of what the stacks made. */
  live(clients: CloudClients, made: PhysicalIdsByType): Promise<LiveResource[]>;
  /**
   * What identifies a resource where CloudFormation's physical id does not.
   *
   * @default - the physical id
   */
  readonly idOf?: (declared: DeclaredResource) => string;
  /** Properties that other types' readers compare. */
  readonly elsewhere?: readonly string[];
  /** What properties mean that a template does not state: whatever else is live was set by hand. */
  readonly unstated?: Readonly<Record<string, unknown>>;
}

/** What is known of a resource before its details are asked. */
type Listed = Pick<LiveResource, 'id' | 'within'>;

/** Details of a resource; none where it is as good as gone. */
type Details = Omit<LiveResource, 'id' | 'within'> | undefined;

/**
 * Asks for the details of what is ours. What has gone meanwhile is absent; one that may not be read keeps none of the others from it,
 * and of what is not ours it is enough that it is there.
 */
export async function detailed<Item>(
  items: Iterable<Item>,
  listed: (item: Item) => Listed,
  ours: ReadonlySet<string>,
  read: (item: Item) => Promise<Details>,
): Promise<LiveResource[]> {
  const found = [...items].map(async (item): Promise<LiveResource[]> => {
    const about = listed(item);
    if (!ours.has(about.id)) return [{ ...about, properties: {} }];
    try {
      const details = await read(item);
      return details ? [{ ...about, ...details }] : [];
    } catch (error) {
      return isGone(error) ? [] : [{ ...about, properties: {}, failure: reasonOf(error) }];
    }
  });
  return (await Promise.all(found)).flat();
}

/** Whether a service says that there is no such thing. */
export function isGone(error: unknown): boolean {
  return /NotFound|NoSuchEntity/.test((error as Error).name);
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
