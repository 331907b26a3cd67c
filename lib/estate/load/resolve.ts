import { DescriptionError, type Problem } from '../../core/problem';
import { checkExpiries } from '../../tls/checks/derive';
import { Estate } from '../estate';
import { parseEstate } from '../parse/parse';
import { planEstate } from '../plan/plan';
import type { EstatePlan } from '../plan-schema';
import type { EstateDescription } from '../spec';
import { withPlaces } from './places';
import type { EstateSource } from './source';

/** What a description comes to: its plan, or everything that is wrong with it. */
export interface Resolved {
  /** Present where nothing is wrong. */
  readonly plan?: EstatePlan;
  readonly problems: readonly Problem[];
}

/**
 * Parses and plans a description; the problems of both stages come together, each with its place.
 *
 * @param at - moment at which what is allowed until a day is judged; without it nothing has ended
 */
export function resolveEstate({ raw, placeOf }: EstateSource, at?: Date): Resolved {
  const { parsed, problems: shapes } = parseEstate(raw);
  const { plan, problems: meanings } = planEstate(parsed);
  const problems = [...shapes, ...meanings, ...(at ? checkExpiries(parsed.spec.profiles, at) : [])];
  return problems.length > 0 ? { problems: withPlaces(problems, placeOf) } : { plan, problems };
}

/**
 * The plan of an estate, whether made of constructs or given as data.
 *
 * @param at - moment at which profiles that are weaker until a day are judged; now by default
 * @throws {DescriptionError} with everything that is wrong with it
 */
export function planDescription(estate: Estate | EstateDescription, at: Date = new Date()): EstatePlan {
  const source = Estate.isEstate(estate)
    ? { raw: estate.toSpec(), placeOf: (path: string) => estate.placeOf(path) }
    : { raw: estate, placeOf: () => undefined };
  const { plan, problems } = resolveEstate(source, at);
  if (!plan) throw new DescriptionError(problems);
  return plan;
}
