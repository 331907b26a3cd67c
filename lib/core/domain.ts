import type { z } from 'zod';
import type { DescribedConstruct } from './described';
import type { CodeCatalogue, Problem } from './problem';

/** A top-level map of the description, keyed by id, such as `zones`. */
export interface ThingMap {
  /** The map itself: a record of things, with a default where it may be left out. */
  readonly schema: z.ZodType;
  /** Schema of one thing of the map; things are parsed one by one, so that one that is wrong leaves the others usable. */
  readonly thing: z.ZodObject;
  /**
   * Maps inside a thing whose members are parsed one by one as well, by attribute.
   *
   * @default - the thing is parsed as a whole
   */
  readonly members?: Readonly<Record<string, z.ZodType>>;
  /** The constructs that write such a thing; none where `EstateProps` holds the map. */
  readonly constructs: readonly (abstract new (
    ...args: never[]
  ) => DescribedConstruct<object>)[];
}

/** Attributes that a domain adds to `plan.json`: to the plan of the estate, and to that of each site by kind. */
export interface PlannedAttributes {
  readonly estate: z.ZodRawShape;
  readonly onPrem: z.ZodRawShape;
  readonly cloud: z.ZodRawShape;
}

/** A problem found while a site is planned. */
export interface SiteProblem extends Problem {
  /** The value that the site could satisfy: of equal problems at several sites, the one with the greatest is reported. */
  readonly nearest?: number;
}

/** What planning one part comes to: what could be planned, and everything that is wrong. */
export interface Outcome<Part> {
  readonly part: Part;
  readonly problems: readonly SiteProblem[];
}

/** The plan of one domain for the estate as a whole, and the way to plan its part of each site. */
export interface DomainPlan<SiteSoFar, EstatePart, SitePart> extends Outcome<EstatePart> {
  /** @param site the site as the domains before this one in the list have planned it */
  planSite(site: SiteSoFar): Outcome<SitePart>;
}

/** A quota of AWS. */
export interface Quota {
  /** Code of the problem of a site that exceeds it. */
  readonly code: string;
  /** Service and name of the quota, as the Service Quotas console shows them. */
  readonly service: string;
  readonly title: string;
  /** Default value of an account. */
  readonly limit: number;
  /**
   * The most that AWS grants on request.
   *
   * @default - not known
   */
  readonly most?: number;
}

/** How much of a quota one site uses, and the path of the thing that uses it most. */
export interface QuotaUsage {
  readonly name: string;
  readonly used: number;
  readonly at: string;
}

/** Things that are parsed without error, and what is known of those that are not. */
export interface PartialParse {
  /** True if the thing at a path, or one that holds it, did not parse. */
  isBroken(path: string): boolean;
  /** True if the thing at a path, or one inside it, did not parse. */
  holdsBroken(path: string): boolean;
}

/** The attributes that a shape describes. */
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
  /** Problems that depend on the day, such as a permission that has expired. */
  checkDate(input: Input, date: Date): readonly Problem[];
  /** How much of its quotas a planned site uses. */
  quotaUsages(plan: Plan, site: Site): readonly QuotaUsage[];
  /** Number of CloudFormation resources of a planned site that this domain emits, by the part of the stack's name. */
  stackResources(plan: Plan, site: Site): readonly (readonly [part: string, count: number])[];
  /** What must be true at a site before it is deployed, one sentence each. */
  preconditions(plan: Plan, site: Site): readonly string[];
  /** Sections of `plan.md` about the estate. */
  sections(plan: Plan): readonly string[];
  /** Sections of `plan.md` about one site. */
  siteSections(plan: Plan, site: Site): readonly string[];
}

type Optional = 'quotas' | 'checkDate' | 'quotaUsages' | 'stackResources' | 'preconditions' | 'sections' | 'siteSections';

/** A domain as its folder writes it: what it has nothing to say about may be left out. */
type WrittenDomain<D extends object> = Omit<D, Optional> & Partial<D>;

/** Completes a domain and infers its types. */
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
