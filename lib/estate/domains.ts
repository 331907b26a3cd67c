import type { PlannedAttributes, Quota, ThingMap } from '../core/domain';
import { tlsDomain } from '../tls/domain';
import { zonesDomain } from '../zones/domain';

/** Domains of an estate in the order of planning. Each domain may read the plans of the domains before it. */
export const domains = [zonesDomain, tlsDomain] as const;

type Domains = typeof domains;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void ? All : never;

/** Maps of all domains, keyed by the attribute of the description that contains them. */
export type ThingMaps = Intersection<Domains[number]['maps']>;

/** Schemas of these maps, keyed by attribute. */
export type MapShape = { readonly [Name in keyof ThingMaps]: ThingMaps[Name] extends { schema: infer Schema } ? Schema : never };

/** Attributes that all domains add to the plan of the estate, or of a site of one kind. */
export type PlannedShape<Where extends keyof PlannedAttributes> = Intersection<Domains[number]['planned'][Where]>;

export type QuotaName = keyof Intersection<Domains[number]['quotas']>;

function merged<Part>(parts: readonly object[]): Part {
  return Object.assign({}, ...parts) as Part;
}

export const thingMaps: Readonly<Record<string, ThingMap>> = merged(domains.map(({ maps }) => maps));

// `Object.fromEntries` forgets which schema belongs to which name.
export const mapShape = Object.fromEntries(Object.entries(thingMaps).map(([name, { schema }]) => [name, schema])) as unknown as MapShape;

export function plannedShape<Where extends keyof PlannedAttributes>(where: Where): PlannedShape<Where> {
  return merged(domains.map(({ planned }) => planned[where]));
}

/** Quotas that AWS raises on request, keyed by their name under `quotas` of a site. */
export const quotas: Readonly<{ [Name in QuotaName]: Quota & Pick<Intersection<Domains[number]['quotas']>[Name], 'code'> }> = merged(
  domains.map((domain) => domain.quotas),
);
