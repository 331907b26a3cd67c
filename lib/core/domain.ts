import type { z } from 'zod';
import type { DescribedConstruct } from './described';
import type { CodeCatalogue, Problem } from './problem';

/** A top-level map of the description, keyed by id, such as `zones`. */
export interface ThingMap {
  /** Schema of the map, with a default if the map is optional. */
  readonly schema: z.ZodType;
  /** Schema of one entry. Entries are parsed separately, so that an error in one does not hide errors in others. */
  readonly thing: z.ZodObject;
  /**
   * Schemas of entries of maps inside an entry that are parsed separately as well, keyed by attribute.
   *
   * @default - the entry is parsed as a whole
   */
  readonly members?: Readonly<Record<string, z.ZodType>>;
  /** Constructs that produce an entry. Empty if the map is an attribute of `EstateProps`. */
  readonly constructs: readonly (abstract new (
    ...args: never[]
  ) => DescribedConstruct<object>)[];
}

/** Attributes that a domain adds to the plan of the estate and to the plans of on-prem and cloud sites. */
export interface PlannedAttributes {
  readonly estate: z.ZodRawShape;
  readonly onPrem: z.ZodRawShape;
  readonly cloud: z.ZodRawShape;
}

/** A problem found while a site is planned. */
export interface SiteProblem extends Problem {
  /** Highest value that the site could satisfy. Of equal problems at several sites, the one with the highest value is reported. */
  readonly nearest?: number;
}

/** Result of planning one part, with all problems found. */
export interface Outcome<Part> {
  readonly part: Part;
  readonly problems: readonly SiteProblem[];
}

/** The plan of one domain for the estate, and the function that plans its part of each site. */
export interface DomainPlan<SiteSoFar, EstatePart, SitePart> extends Outcome<EstatePart> {
  /** @param site the site as planned by the domains before this one */
  planSite(site: SiteSoFar): Outcome<SitePart>;
}

/** A quota of AWS. */
export interface Quota {
  /** Code of the problem of a site that exceeds it. */
  readonly code: string;
  /** AWS service and title of the quota in the Service Quotas console. */
  readonly service: string;
  readonly title: string;
  /** Default value of an account. */
  readonly limit: number;
  /**
   * Highest value that AWS grants on request.
   *
   * @default - unknown
   */
  readonly most?: number;
}

/** Use of one quota by a site, and the path of the zone, group or stack with the highest use. */
export interface QuotaUsage {
  readonly name: string;
  readonly used: number;
  readonly at: string;
}

/** Tells which parts of a description were not parsed because of errors. */
export interface PartialParse {
  /** True if the part at a path, or a part that contains it, was not parsed. */
  isBroken(path: string): boolean;
  /** True if the part at a path, or a part inside it, was not parsed. */
  holdsBroken(path: string): boolean;
}

/** Type of an object with the attributes of a schema. */
export type PartOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/**
 * Everything that one domain adds to the description, the checks, the plan and the summary of an estate.
 *
 * `lib/estate` folds over the list in `lib/estate/domains.ts`. The order of that list is the order of planning.
 *
 * @typeParam Input what the domain reads of the parsed description
 * @typeParam SiteSoFar what it reads of a site as planned by the domains before it
 * @typeParam Plan what its summary reads of the finished plan
 * @typeParam Site what its summary reads of a planned site
 */
export interface Domain<
  Maps extends Readonly<Record<string, ThingMap>>,
  Planned extends PlannedAttributes,
  Quotas extends Readonly<Record<string, Quota>>,
  Input,
  SiteSoFar,
  Plan,
  Site,
> {
  readonly id: string;
  /** Codes of the problems that the domain raises, for `diptych explain`. */
  readonly codes: CodeCatalogue;
  readonly maps: Maps;
  readonly planned: Planned;
  readonly quotas: Quotas;
  /** Checks the description and plans the domain's part of the estate. */
  plan(input: Input): DomainPlan<SiteSoFar, PartOf<Planned['estate']>, PartOf<Planned['onPrem']> | PartOf<Planned['cloud']>>;
  /** Returns problems that depend on the date, such as an expired permission. */
  checkDate(input: Input, date: Date): readonly Problem[];
  /** Returns the quota use of a planned site. */
  quotaUsages(plan: Plan, site: Site): readonly QuotaUsage[];
  /** Number of CloudFormation resources of a planned site that this domain emits, by the part of the stack's name. */
  stackResources(plan: Plan, site: Site): readonly (readonly [part: string, count: number])[];
  /** Returns the warnings about a valid plan, whose codes have the severity `warning`. */
  warnings(plan: Plan, sites: readonly Site[]): readonly Problem[];
  /** Returns the preconditions for deploying a site, one sentence each. */
  preconditions(plan: Plan, site: Site): readonly string[];
  /** Sections of `plan.md` about the estate. */
  sections(plan: Plan): readonly string[];
  /** Sections of `plan.md` about one site. */
  siteSections(plan: Plan, site: Site): readonly string[];
}

type Optional = 'quotas' | 'checkDate' | 'warnings' | 'quotaUsages' | 'stackResources' | 'preconditions' | 'sections' | 'siteSections';

/** A domain as written in its folder. Optional members may be omitted. */
type WrittenDomain<D extends object> = Omit<D, Optional> & Partial<D>;

/** Adds defaults for the optional members of a domain and infers its types. */
export function defineDomain<
  const Maps extends Readonly<Record<string, ThingMap>>,
  const Planned extends PlannedAttributes,
  Input,
  SiteSoFar,
  Plan,
  Site,
  const Quotas extends Readonly<Record<string, Quota>> = Readonly<Record<never, Quota>>,
>(
  domain: WrittenDomain<Domain<Maps, Planned, Quotas, Input, SiteSoFar, Plan, Site>>,
): Domain<Maps, Planned, Quotas, Input, SiteSoFar, Plan, Site> {
  const nothing = () => [];
  return {
    quotas: {} as Quotas,
    checkDate: nothing,
    warnings: nothing,
    quotaUsages: nothing,
    stackResources: nothing,
    preconditions: nothing,
    sections: nothing,
    siteSections: nothing,
    ...domain,
  } as Domain<Maps, Planned, Quotas, Input, SiteSoFar, Plan, Site>;
}

/** Reports a problem that several sites share once, with the greatest of the values that they could satisfy. */
export function worstPerPath(problems: readonly SiteProblem[]): Problem[] {
  const worst = new Map<string, SiteProblem>();
  for (const found of problems) {
    const key = `${found.code} ${found.path}`;
    const known = worst.get(key);
    if (!known || (found.nearest ?? 0) > (known.nearest ?? 0)) worst.set(key, found);
  }
  return [...worst.values()].map(({ nearest: _nearest, ...rest }) => rest);
}
