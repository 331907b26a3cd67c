import type { Half, Site } from '../../artifacts/site';
import type { StackKind } from '../../artifacts/stack-kinds';
import { nearest } from '../../core/nearest';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';

/** Options that select the sites of a command. */
export interface ChoiceProps {
  /**
   * Ids of the sites to select.
   *
   * @default - all sites
   */
  readonly site?: readonly string[];
  readonly only?: Half;
  /**
   * Id of the site to finish before any other begins.
   *
   * @default - all sites run side by side
   */
  readonly first?: string;
  /** Ids of sites that cannot be reached and are left out. */
  readonly siteLost?: readonly string[];
  /**
   * Kinds of stacks to select.
   *
   * @default - stacks of all kinds
   */
  readonly stacks?: readonly StackKind[];
}

/** The selected sites, and the selected sites that are left out because they are lost. */
export interface Choice {
  readonly sites: readonly Site[];
  readonly lost: readonly Site[];
  readonly first?: string;
  /**
   * Kinds of the selected stacks.
   *
   * @default - stacks of all kinds
   */
  readonly kinds?: readonly StackKind[];
}

/**
 * Selects sites of an estate.
 *
 * @throws {Refusal} DEP001 for an unknown site, and for options that contradict each other
 */
export function chooseSites(sites: readonly Site[], { site = [], only, first, siteLost = [], stacks }: ChoiceProps): Choice {
  const named = { '--site': site, '--first': first === undefined ? [] : [first], '--site-lost': siteLost };
  const problems = Object.entries(named).flatMap(([option, ids]) => ids.flatMap((id) => unknownSite(option, id, sites)));
  for (const id of site.filter((one) => siteLost.includes(one)))
    problems.push(contradiction('--site-lost', `--site names ${id} as well`, 'a lost site must not be selected'));
  if (problems.length > 0) throw new Refusal('refused', problems);
  const meant = sites.filter(({ id, kind }) => (site.length === 0 || site.includes(id)) && (only === undefined || kind === only));
  const lost = meant.filter(({ id }) => siteLost.includes(id));
  const chosen = meant.filter((one) => !lost.includes(one));
  if (meant.length === 0 && sites.some(({ kind }) => kind === only))
    throw new Refusal('refused', [
      contradiction('--only', `--site names no ${only} site`, '--site must name a site of the half that --only selects'),
    ]);
  if (meant.length === 0)
    throw new Refusal('refused', [
      deploymentProblem('DEP001', '--only', {
        wrong: `the estate has no ${only} site`,
        rule: 'at least one site must be selected',
        fix: 'Leave --only out, or name the other kind of site.',
      }),
    ]);
  if (chosen.length === 0)
    throw new Refusal('refused', [
      contradiction(
        '--site-lost',
        `it names every selected site (${lost.map(({ id }) => id).join(', ')})`,
        'at least one site must remain',
      ),
    ]);
  if (first !== undefined && !chosen.some(({ id }) => id === first))
    throw new Refusal('refused', [
      contradiction('--first', `the other options leave out site ${first}`, '--first must name a selected site'),
    ]);
  return { sites: chosen, lost, ...(first !== undefined && { first }), ...(stacks && { kinds: stacks }) };
}

function contradiction(option: string, wrong: string, rule: string): Problem {
  return deploymentProblem('DEP029', option, { wrong, rule, fix: 'Remove one of the options that contradict each other.' });
}

function unknownSite(option: string, id: string, sites: readonly Site[]): Problem[] {
  const ids = sites.map((site) => site.id);
  if (ids.includes(id)) return [];
  const meant = nearest(id, ids);
  const fix = meant ? `Write ${meant}.` : `The sites are ${ids.join(', ')}.`;
  return [
    deploymentProblem('DEP001', option, {
      wrong: 'the estate has no such site',
      rule: 'the option must name a site of the estate',
      got: id,
      fix,
    }),
  ];
}
