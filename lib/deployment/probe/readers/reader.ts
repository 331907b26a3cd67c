import type { CloudClients } from '../../aws/clients';
import { type PhysicalIdsByType, reasonOf } from '../../aws/physical-ids';

/** Resource of a template, with its intrinsic functions resolved. */
export interface DeclaredResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Undefined for inline resources, such as a rule declared in its group, and for resources that do not exist yet. */
  readonly physicalId?: string;
  /** Physical ID of the resource that contains an inline resource. */
  readonly parentId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Why the resource cannot be compared: its physical ID or a reference of it could not be looked up. */
  readonly failure?: string;
}

/** Live resource with its attributes under the names that CloudFormation uses. */
export interface LiveResource {
  /** Physical ID in CloudFormation, or the result of {@link Reader.idOf}. */
  readonly id: string;
  /** `undefined` means that the API does not report the attribute, `null` that it is not set. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Values of `Fn::GetAtt`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** ID of the resource that contains it. An undeclared resource in a declared one is foreign. */
  readonly parentId?: string;
  /** Why its details could not be read. */
  readonly failure?: string;
  /** Why single properties could not be read, keyed by property. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** Reads the resources of one CloudFormation type in a Region from the API of the service. */
export interface Reader {
  readonly type: string;
  /** Lists the resources of the type. Only those that the stacks created need their details; for the others, ID and parent are enough. */
  live(clients: CloudClients, physicalIds: PhysicalIdsByType): Promise<LiveResource[]>;
  /**
   * Returns the ID under which a declared resource is found among the live ones.
   *
   * @default - the physical ID
   */
  readonly idOf?: (declared: DeclaredResource) => string;
  /** Properties that are compared as resources of another type. */
  readonly comparedElsewhere?: readonly string[];
  /** Values of properties that a template does not set. Any other live value was set by hand. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** What a list operation returns about a resource. */
type Listed = Pick<LiveResource, 'id' | 'parentId'>;

/** Details of a resource; undefined if it is being deleted. */
type Details = Omit<LiveResource, 'id' | 'parentId'> | undefined;

/**
 * Reads the details of our own resources; for the others, the result of the list operation is enough.
 *
 * A resource that was deleted in the meantime is left out. A resource that cannot be read carries a `failure` and does not prevent the
 * others from being read.
 */
export async function withDetails<Item>(
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

/** Properties that requests of their own return. One that fails leaves its property unknown, with the reason, and the others as they are. */
export class Parts {
  /** Reasons of the requests that failed, keyed by property. */
  readonly unread: Record<string, string> = {};

  /** Returns the response of a request; undefined if it failed. */
  async of<Response>(property: string, request: Promise<Response>): Promise<Response | undefined> {
    try {
      return await request;
    } catch (error) {
      this.unread[property] = reasonOf(error);
      return undefined;
    }
  }
}

/** Returns true for the error with which a service reports that a resource does not exist. */
export function isGone(error: unknown): boolean {
  return /NotFound|NoSuchEntity/.test((error as Error).name);
}

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** Returns the tags without those in the reserved `aws:` namespace. */
export function userTags(list: readonly Tag[] | undefined): { Key: string; Value: string }[] | undefined {
  return list?.flatMap(({ Key = '', Value = '' }) => (Key.startsWith('aws:') ? [] : [{ Key, Value }]));
}

/** Copies the attributes that have the same name in a response and in a template. */
export function pick<Answer, Name extends keyof Answer>(answer: Answer, ...names: readonly Name[]): Pick<Answer, Name> {
  return Object.fromEntries(names.map((name) => [name, answer[name]])) as Pick<Answer, Name>;
}

/** Collects the items of all pages of a paginated response. */
export async function collect<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

/** Parses a policy document, which services return as JSON text. IAM also URL-encodes it. */
export function policyDocument(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
}
