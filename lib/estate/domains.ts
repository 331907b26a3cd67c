import type { PlannedAttributes, Quota, ThingMap } from '../core/domain';
import { tlsDomain } from '../tls/domain';
import { zonesDomain } from '../zones/domain';

/** The domains of an estate, in the order in which they are planned: each may read what those before it have planned. */
export const domains = [zonesDomain, tlsDomain] as const;

type Domains = typeof domains;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void ? All : never;

/** The maps of all domains, by their attribute in the description. */
export type ThingMaps = Intersection<Domains[number]['maps']>;

/** Schemas of these maps, by attribute. */
export type MapShape = { readonly [Name in keyof ThingMaps]: ThingMaps[Name] extends { schema: infer Schema } ? Schema : never };

/** What all domains add to the plan: of the estate, or of a site of one kind. */
export type PlannedShape<Where extends keyof PlannedAttributes> = Intersection<Domains[number]['planned'][Where]>;

export type QuotaName = keyof Intersection<Domains[number]['quotas']>;

function merged<Part>(parts: readonly object[]): Part {
  return Object.assign({}, ...parts) as Part;
}

export const thingMaps: Readonly<Record<string, ThingMap>> = merged(domains.map(({ maps }) => maps));

export const mapShape = Object.fromEntries(Object.entries(thingMaps).map(([name, { schema }]) => [name, schema])) as unknown as MapShape;

export function plannedShape<Where extends keyof PlannedAttributes>(where: Where): PlannedShape<Where> {
  return merged(domains.map(({ planned }) => planned[where]));
}

/** Every quota that a site can exceed and that AWS raises on request. */
export const quotas: Readonly<{ [Name in QuotaName]: Quota & Pick<Intersection<Domains[number]['quotas']>[Name], 'code'> }> = merged(
  domains.map((domain) => domain.quotas),
);
