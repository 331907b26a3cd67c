import { DescriptionError, type Problem } from '../../core/problem';
import { Estate } from '../estate';
import { parseEstate } from '../parse/parse';
import { checkDate, planEstate } from '../plan/plan';
import { warningsOf } from '../plan/warnings';
import type { EstatePlan } from '../plan-schema';
import type { EstateDescription } from '../spec';
import { type EstateSource, locateProblems, remainingAmbiguous } from './source';

/** Result of resolving a description: its plan, or every problem with it. */
export interface Resolved {
  /** Undefined if there are problems. */
  readonly plan?: EstatePlan;
  readonly problems: readonly Problem[];
  /** What is lawful but probably not meant so. Empty if there are problems. */
  readonly warnings: readonly Problem[];
}

/**
 * Parses and plans a description, and reports the problems of both stages with their positions.
 *
 * @param at - date against which expiry dates are checked
 * @default at - expiry dates are not checked
 */
export function resolveEstate(source: EstateSource, at?: Date): Resolved {
  const { parsed, problems: shapes } = parseEstate(source.raw);
  const { plan, problems: meanings } = planEstate(parsed);
  const problems = [...shapes, ...meanings, ...(at ? checkDate(parsed, at) : [])];
  const located = locateProblems(problems, source);
  const all = [...located, ...remainingAmbiguous(source, located)];
  if (!plan || all.length > 0) return { problems: all, warnings: [] };
  return { plan, problems: [], warnings: locateProblems(warningsOf(plan), source) };
}

/**
 * Plans an estate that is made of constructs or given as data.
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
 * @param at - date against which the expiry dates of profiles are checked
 * @default at - now
 * @throws {DescriptionError} with every problem of the description
 */
export function planDescription(estate: Estate | EstateDescription, at: Date = new Date()): EstatePlan {
  const source = Estate.isEstate(estate)
    ? { raw: estate.toSpec(), placeOf: (path: string) => estate.placeOf(path) }
    : { raw: estate, placeOf: () => undefined };
  const { plan, problems } = resolveEstate(source, at);
  if (!plan) throw new DescriptionError(problems);
  return plan;
}
