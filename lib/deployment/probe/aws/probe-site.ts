import type { CloudSite } from '../../../artifacts/site';
import type { Stack } from '../../../artifacts/stacks';
import type { Finding } from '../../../core/finding';
import type { References } from '../../../readback/cloudformation/intrinsics';
import type { CloudClients } from '../../aws/clients';
import { templateOf } from '../../aws/deployed';
import { answered, type PhysicalIdsByType, physicalIdsByType, stackIds } from '../../aws/physical-ids';
import { memberReaders } from '../readers/members';
import type { DeclaredResource, LiveResource, Reader } from '../readers/reader';
import { readers } from '../readers/readers';
import { compareResource } from './compare-resource';
import { declaredResources } from './declared';
import { inlineResources } from './inline-resources';
import { matchAll } from './match';

/** Live resources of one type, or the reason why they could not be read. */
interface TypeReading {
  readonly reader: Reader;
  readonly live: readonly LiveResource[];
  readonly failure?: string;
}

/** Compares every emitted resource of a cloud site with its services, and finds foreign resources in the emitted ones. */
export async function probeCloudSite(site: CloudSite, stacks: readonly Stack[], clients: CloudClients): Promise<Finding[]> {
  const templates = new Map(stacks.map((stack) => [stack.name, templateOf(stack)]));
  const ids = await stackIds(templates, clients);
  const physicalIds = physicalIdsByType(templates, ids);
  // Types that no template declares are read as well, to find foreign resources of these types.
  const readings = Promise.all([...readers, ...memberReaders].map((reader) => readType(reader, clients, physicalIds)));
  const declared = await declaredResources(site, templates, clients, { ids, attribute: readings.then(attributesOf) });
  return findingsOf(site.id, [...declared, ...inlineResources(declared)], await readings);
}

/** Returns the `Fn::GetAtt` lookup of all readings. It accepts IDs and ARNs, because the physical ID may be either, depending on the type. */
function attributesOf(all: readonly TypeReading[]): References['attribute'] {
  const resources = all.flatMap(({ live }) => live);
  const byId = new Map(resources.flatMap(({ id, attributes = {} }) => [id, attributes.Arn ?? id].map((key) => [key, attributes])));
  return (id, name) => byId.get(id)?.[name];
}

async function readType(reader: Reader, clients: CloudClients, physicalIds: PhysicalIdsByType): Promise<TypeReading> {
  const { value: live, failure } = await answered(reader.live(clients, physicalIds), []);
  return { reader, live, failure };
}

function findingsOf(site: string, declared: readonly DeclaredResource[], all: readonly TypeReading[]): Finding[] {
  const ours = new Map(
    declared.flatMap(({ physicalId, stack, logicalId }) => (physicalId === undefined ? [] : [[physicalId, `${stack}/${logicalId}`]])),
  );
  const readTypes = new Set(all.map(({ reader }) => reader.type));
  const unread = declared
    .filter(({ type }) => !readTypes.has(type))
    .map((resource) => unknownFinding(site, resource, 'Diptych does not read this type'));
  return [...unread, ...all.flatMap((one) => findingsOfType(site, declared, one, ours))];
}

function findingsOfType(
  site: string,
  declared: readonly DeclaredResource[],
  { reader, live, failure }: TypeReading,
  ours: ReadonlyMap<string, string>,
): Finding[] {
  const own = declared.filter(({ type }) => type === reader.type);
  if (failure !== undefined)
    return [...own.map((resource) => unknownFinding(site, resource, failure)), unknownOthers(site, reader, failure)];
  const { pairs, undeclared } = matchAll(own, live, reader);
  // If the ID of any declared resource is not known, an undeclared resource may be that one.
  const foreign = own.some((resource) => resource.failure !== undefined)
    ? []
    : undeclared.flatMap((resource) => {
        const parent = resource.parentId === undefined ? undefined : ours.get(resource.parentId);
        return parent === undefined ? [] : [foreignFinding(site, reader.type, resource, parent)];
      });
  return [...pairs.map(([resource, found]) => compareResource(site, resource, found, reader)), ...foreign];
}

/** Finding for an undeclared resource inside a declared one, with all its properties as differences. */
function foreignFinding(site: string, type: string, { id, properties }: LiveResource, parent: string): Finding {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  const differences = known.map(([attribute, to]) => ({ attribute, from: undefined, to }));
  return { site, type, resource: `${id} in ${parent}`, verdict: 'foreign', differences, unknown: [] };
}

/** Finding that foreign resources of a type could not be looked for. */
function unknownOthers(site: string, { type }: Reader, reason: string): Finding {
  return { site, type, resource: `every other ${type}`, verdict: 'unknown', differences: [], unknown: [], reason };
}

function unknownFinding(site: string, { stack, logicalId, type }: DeclaredResource, reason: string): Finding {
  return { site, type, resource: `${stack}/${logicalId}`, verdict: 'unknown', differences: [], unknown: [], reason };
}
