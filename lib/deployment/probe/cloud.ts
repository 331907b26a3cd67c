import type { CloudClients } from '../cloud/clients';
import { templateOf } from '../cloud/deployed';
import type { Answers } from '../cloud/intrinsics';
import type { LiveResource, Reader } from '../readers/reader';
import { readers } from '../readers/readers';
import type { CloudSite } from '../site';
import type { Stack } from '../stacks';
import type { Accepted } from './accepted';
import { compareResource } from './compare-resource';
import { type DeclaredResource, declaredResources } from './declared';
import type { Finding } from './finding';
import { inlineRules } from './inline-rules';
import { matchAll } from './match';

/** What a type's API answered, or why it did not. */
interface Answered {
  readonly reader: Reader;
  readonly live: readonly LiveResource[];
  readonly failure?: string;
}

/** Compares every resource that was emitted for a site with what its services answer, and looks for what does not belong there. */
export async function probeCloud(site: CloudSite, stacks: readonly Stack[], clients: CloudClients, accepted: Accepted): Promise<Finding[]> {
  const templates = new Map(stacks.map((stack) => [stack.name, templateOf(stack)]));
  const types = new Set([...templates.values()].flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
  const asked = Promise.all(readers.filter(({ type }) => types.has(type) && !accepted.has(type)).map((reader) => ask(reader, clients)));
  const declared = await declaredResources(site, templates, clients, asked.then(attributesOf));
  return findingsOf(site.id, [...declared, ...inlineRules(declared)], await asked);
}

/** Attributes of everything that was read, by id and by ARN: services differ in which of the two CloudFormation answers. */
function attributesOf(answered: readonly Answered[]): Answers['attribute'] {
  const resources = answered.flatMap(({ live }) => live);
  const byId = new Map(resources.flatMap(({ id, attributes = {} }) => [id, attributes.Arn ?? id].map((key) => [key, attributes])));
  return (id, name) => byId.get(id)?.[name];
}

async function ask(reader: Reader, clients: CloudClients): Promise<Answered> {
  try {
    return { reader, live: await reader.live(clients) };
  } catch (error) {
    return { reader, live: [], failure: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

function findingsOf(site: string, declared: readonly DeclaredResource[], answered: readonly Answered[]): Finding[] {
  const ours = new Set(declared.flatMap(({ physicalId }) => physicalId ?? []));
  const read = new Set(answered.map(({ reader }) => reader.type));
  const unread = declared.filter(({ type }) => !read.has(type)).map((resource) => unknown(site, resource, 'nothing reads this type'));
  return [...unread, ...answered.flatMap((one) => findingsOfType(site, declared, one, ours))];
}

function findingsOfType(
  site: string,
  declared: readonly DeclaredResource[],
  { reader, live, failure }: Answered,
  ours: ReadonlySet<string>,
): Finding[] {
  const own = declared.filter(({ type }) => type === reader.type);
  if (failure !== undefined) return own.map((resource) => unknown(site, resource, failure));
  const { pairs, rest } = matchAll(own, live, reader);
  const foreign = rest.filter(({ within }) => within !== undefined && ours.has(within));
  return [
    ...pairs.map(([resource, found]) => compareResource(site, resource, found, reader)),
    ...foreign.map(({ id, within }): Finding => {
      return { site, type: reader.type, resource: `${id} in ${within}`, verdict: 'foreign', differences: [], unknown: [] };
    }),
  ];
}

function unknown(site: string, { stack, logicalId, type }: DeclaredResource, reason: string): Finding {
  return { site, type, resource: `${stack}/${logicalId}`, verdict: 'unknown', differences: [], unknown: [], reason };
}
