import type { CloudSite } from '../../../artifacts/site';
import type { Stack } from '../../../artifacts/stacks';
import type { Finding } from '../../../core/finding';
import type { Answers } from '../../../readback/cloudformation/intrinsics';
import type { CloudClients } from '../../aws/clients';
import { templateOf } from '../../aws/deployed';
import { answered, type PhysicalIdsByType, physicalIdsByType, stackIds } from '../../aws/physical-ids';
import { memberReaders } from '../readers/members';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';
import { readers } from '../readers/readers';
import type { Accepted } from './accepted-unknown';
import { compareResource } from './compare-resource';
import { declaredResources } from './declared';
import { inlineResources } from './inline-resources';
import { matchAll } from './match';

/** What a type's API answered, or why it did not. */
interface Asked {
  readonly reader: Reader;
  readonly live: readonly LiveResource[];
  readonly failure?: string;
}

/** Compares every resource that was emitted for a site with what its services answer, and looks for what does not belong there. */
export async function probeCloud(site: CloudSite, stacks: readonly Stack[], clients: CloudClients, accepted: Accepted): Promise<Finding[]> {
  const templates = new Map(stacks.map((stack) => [stack.name, templateOf(stack)]));
  const ids = await stackIds(templates, clients);
  const made = physicalIdsByType(templates, ids);
  // Those of types that no template names as well: others may have put one into what is ours.
  const wanted = [...readers, ...memberReaders].filter(({ type }) => !accepted.has(type));
  const asked = Promise.all(wanted.map((reader) => ask(reader, clients, made)));
  const declared = await declaredResources(site, templates, clients, { ids, attribute: asked.then(attributesOf) });
  return findingsOf(site.id, [...declared, ...inlineResources(declared)], await asked);
}

/** Attributes of everything that was read, by id and by ARN: services differ in which of the two CloudFormation answers. */
function attributesOf(all: readonly Asked[]): Answers['attribute'] {
  const resources = all.flatMap(({ live }) => live);
  const byId = new Map(resources.flatMap(({ id, attributes = {} }) => [id, attributes.Arn ?? id].map((key) => [key, attributes])));
  return (id, name) => byId.get(id)?.[name];
}

async function ask(reader: Reader, clients: CloudClients, made: PhysicalIdsByType): Promise<Asked> {
  const { value: live, failure } = await answered(reader.live(clients, made), []);
  return { reader, live, failure };
}

function findingsOf(site: string, declared: readonly DeclaredResource[], all: readonly Asked[]): Finding[] {
  const ours = new Map(
    declared.flatMap(({ physicalId, stack, logicalId }) => (physicalId === undefined ? [] : [[physicalId, `${stack}/${logicalId}`]])),
  );
  const read = new Set(all.map(({ reader }) => reader.type));
  const unread = declared.filter(({ type }) => !read.has(type)).map((resource) => unknown(site, resource, 'nothing reads this type'));
  return [...unread, ...all.flatMap((one) => findingsOfType(site, declared, one, ours))];
}

function findingsOfType(
  site: string,
  declared: readonly DeclaredResource[],
  { reader, live, failure }: Asked,
  ours: ReadonlyMap<string, string>,
): Finding[] {
  const own = declared.filter(({ type }) => type === reader.type);
  if (failure !== undefined) return [...own.map((resource) => unknown(site, resource, failure)), unknownOthers(site, reader, failure)];
  const { pairs, rest } = matchAll(own, live, reader);
  // As long as it is not known which of them are ours, none is foreign.
  const foreign = own.some((resource) => resource.failure !== undefined)
    ? []
    : rest.flatMap((resource) => {
        const holder = resource.within === undefined ? undefined : ours.get(resource.within);
        return holder === undefined ? [] : [foreignFinding(site, reader.type, resource, holder)];
      });
  return [...pairs.map(([resource, found]) => compareResource(site, resource, found, reader)), ...foreign];
}

/** What does not belong there, in what of ours it stands, and all that is known of it. */
function foreignFinding(site: string, type: string, { id, properties }: LiveResource, holder: string): Finding {
  const said = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  const differences = said.map(([attribute, to]) => ({ attribute, from: undefined, to }));
  return { site, type, resource: `${id} in ${holder}`, verdict: 'foreign', differences, unknown: [] };
}

/** That nothing foreign was found says nothing where nobody could look. */
function unknownOthers(site: string, { type }: Reader, reason: string): Finding {
  return { site, type, resource: `every other ${type}`, verdict: 'unknown', differences: [], unknown: [], reason };
}

function unknown(site: string, { stack, logicalId, type }: DeclaredResource, reason: string): Finding {
  return { site, type, resource: `${stack}/${logicalId}`, verdict: 'unknown', differences: [], unknown: [], reason };
}
