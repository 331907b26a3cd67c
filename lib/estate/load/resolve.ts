import { DescriptionError, type Problem } from '../../core/problem';
import { Estate } from '../estate';
import { parseEstate } from '../parse/parse';
import { checkDate, planEstate } from '../plan/plan';
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
  const problems = [...shapes, ...meanings, ...(at ? checkDate(parsed, at) : [])];
  return problems.length > 0 ? { problems: withPlaces(problems, placeOf) } : { plan, problems };
}

/**
 * The plan of an estate, whether made of constructs or given as data.
 *
 * @example
 * import assert from 'node:assert/strict';
 * import { Estate, OnPremSite, planDescription, Zone } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new OnPremSite(estate, 'frankfurt', {
 *   context: 'frankfurt-production',
 *   clusterIdentity: 'acme-frankfurt',
 *   podCidr: '10.32.0.0/14',
 *   nodeCidr: '10.36.0.0/20',
 *   serviceCidr: '10.37.0.0/16',
 *   failureDomains: { names: ['rack-a', 'rack-b', 'rack-c'] },
 *   loadBalancerCidr: '10.40.0.0/20',
 *   imageRepository: 'registry.frankfurt.example.com/diptych/haproxy',
 * });
 * new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['frankfurt'], slot: 1 });
 * const plan = planDescription(estate);
 * assert.equal(plan.sites[0]?.zones[0]?.id, 'risk');
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
