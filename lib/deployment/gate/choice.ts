import type { Half, Site } from '../../artifacts/site';
import { nearest } from '../../core/nearest';
import { type Problem, problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';

/** Which sites a command is about. */
export interface ChoiceProps {
  /** Ids of sites; without any, all. */
  readonly site?: readonly string[];
  readonly only?: Half;
  /** The site that has to be done before any other is begun. */
  readonly first?: string;
  /** Sites that are gone. */
  readonly siteLost?: readonly string[];
}

/** The sites that a command deals with, and those that it was told to give up. */
export interface Choice {
  readonly sites: readonly Site[];
  readonly lost: readonly Site[];
  readonly first?: string;
}

/**
 * Chooses among the sites of an estate.
 *
 * @throws {Refusal} DEP001 for a name that is none of a site, and for options that contradict each other
 */
export function chooseSites(sites: readonly Site[], { site = [], only, first, siteLost = [] }: ChoiceProps): Choice {
  const named = { '--site': site, '--first': first === undefined ? [] : [first], '--site-lost': siteLost };
  const problems = Object.entries(named).flatMap(([option, ids]) => ids.flatMap((id) => unknownSite(option, id, sites)));
  for (const id of site.filter((one) => siteLost.includes(one))) problems.push(contradiction('--site-lost', '--site names it too', id));
  if (problems.length > 0) throw new Refusal('refused', problems);
  const meant = sites.filter(({ id, kind }) => (site.length === 0 || site.includes(id)) && (only === undefined || kind === only));
  const lost = meant.filter(({ id }) => siteLost.includes(id));
  const chosen = meant.filter((one) => !lost.includes(one));
  if (meant.length === 0)
    throw new Refusal('refused', [
      problem('DEP001', '--only', {
        cannot: 'deploy',
        as: 'there must be a site of this half',
        value: only,
        fix: 'Name a site of this half, or none.',
      }),
    ]);
  if (chosen.length === 0)
    throw new Refusal('refused', [
      contradiction(
        '--site-lost',
        'a site must be left',
        lost.map(({ id }) => id),
      ),
    ]);
  if (first !== undefined && !chosen.some(({ id }) => id === first))
    throw new Refusal('refused', [contradiction('--first', 'the other options leave it out', first)]);
  return { sites: chosen, lost, ...(first !== undefined && { first }) };
}

function contradiction(option: string, as: string, value: unknown): Problem {
  return problem('DEP001', option, {
    cannot: 'choose the sites',
    as,
    value,
    fix: 'Leave out one of the options that contradict each other.',
  });
}

function unknownSite(option: string, id: string, sites: readonly Site[]): Problem[] {
  const ids = sites.map((site) => site.id);
  if (ids.includes(id)) return [];
  const meant = nearest(id, ids);
  const fix = meant ? `Write ${meant}.` : `The sites are ${ids.join(', ')}.`;
  return [problem('DEP001', option, { cannot: 'choose the site', as: 'it must be a site of the estate', value: id, fix })];
}
