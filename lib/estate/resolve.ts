import { DescriptionError, type Problem } from '../core/problem';
import { Estate } from './estate';
import type { EstateSource } from './load';
import { parseEstate } from './parse';
import { withPlaces } from './places';
import { planEstate } from './plan';
import type { EstatePlan } from './plan-schema';
import type { EstateDescription } from './spec';

/** What a description comes to: its plan, or everything that is wrong with it. */
export interface Resolved {
  /** Present where nothing is wrong. */
  readonly plan?: EstatePlan;
  readonly problems: readonly Problem[];
}

/** Parses and plans a description; the problems of both stages come together, each with its place. */
export function resolveEstate({ raw, placeOf }: EstateSource): Resolved {
  const { parsed, problems: shapes } = parseEstate(raw);
  const { plan, problems: meanings } = planEstate(parsed);
  const problems = [...shapes, ...meanings];
  return problems.length > 0 ? { problems: withPlaces(problems, placeOf) } : { plan, problems };
}

/**
 * The plan of an estate, whether made of constructs or given as data.
 *
 * @throws {DescriptionError} with everything that is wrong with it
 */
export function planDescription(estate: Estate | EstateDescription): EstatePlan {
  const source = Estate.isEstate(estate)
    ? { raw: estate.toSpec(), placeOf: (path: string) => estate.placeOf(path) }
    : { raw: estate, placeOf: () => undefined };
  const { plan, problems } = resolveEstate(source);
  if (!plan) throw new DescriptionError(problems);
  return plan;
}
