import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { nearest } from '../../lib/core/nearest';
import { type Problem, problem } from '../../lib/core/problem';
import { parseEstate } from '../../lib/estate/parse';
import type { ParsedEstate, PartialEstateSpec } from '../../lib/estate/parsed';
import { tierRequest } from '../../lib/estate/tier-request';
import { type CalibrationSpec, calibrationSpec } from '../../lib/tls/calibration';
import { explanationText } from '../../lib/tls/explain-text';
import { explainTier as explain, type TierExplanation } from '../../lib/tls/explain-tier';
import { describeEstate } from '../describe';
import { type ExitCode, exitCode } from '../exit-code';
import { printProblems } from '../print-problems';
import { stdout } from '../terminal';

export interface ExplainTierOptions {
  readonly site?: string;
  readonly load?: string;
  readonly budget?: string;
  readonly calibration?: string;
  readonly json?: boolean;
}

const microsecondsOf: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000 };

/** A positive number with a unit, such as `2x`, `0.5x` or `2.4ms`; nothing for anything else. */
function quantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? [];
  const value = Number(digits) * (units[unit] ?? Number.NaN);
  return value > 0 ? value : undefined;
}

function optionProblem(option: string, as: string, value: unknown, fix: string): Problem {
  return problem('CMD006', `--${option}`, { cannot: 'explain the tier', as, value, fix });
}

function readCalibration(file: string): CalibrationSpec | Problem {
  try {
    const read = calibrationSpec.safeParse(parse(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    return optionProblem('calibration', `${issue?.path.join('/')}: ${issue?.message}`, file, 'Write what a site holds under calibration.');
  } catch (error) {
    return optionProblem('calibration', (error as Error).message.split('\n')[0] ?? '', file, 'Name a YAML or JSON file.');
  }
}

/** The sites to explain a zone at, or what is wrong with the question. */
function sitesOf({ zones }: PartialEstateSpec, zone: string, site: string | undefined): string[] | Problem {
  const known = zones[zone];
  if (!known) {
    const names = Object.keys(zones);
    const fix = `Name ${nearest(zone, names) ?? names[0] ?? 'a zone'}.`;
    return problem('CMD006', 'ZONE', { cannot: 'explain the tier', as: `there are the zones ${names.join(', ')}`, value: zone, fix });
  }
  if (site === undefined) return known.sites;
  if (known.sites.includes(site)) return [site];
  return optionProblem(
    'site',
    `zone ${zone} stands at ${known.sites.join(', ')}`,
    site,
    `Name ${nearest(site, known.sites) ?? known.sites[0]}.`,
  );
}

function explanationsOf(spec: PartialEstateSpec, zone: string, options: ExplainTierOptions): TierExplanation[] | Problem {
  const factor = quantity(options.load ?? '1x', { x: 1, '': 1 });
  if (factor === undefined)
    return optionProblem('load', 'a load is a positive number of times, such as 2x', options.load, 'Write --load 2x.');
  const budget = options.budget === undefined ? undefined : quantity(options.budget, { ...microsecondsOf, '': 1 });
  if (options.budget !== undefined && budget === undefined)
    return optionProblem('budget', 'a budget is a positive time, such as 2.4ms or 2400us', options.budget, 'Write --budget 2.4ms.');
  const calibration = options.calibration === undefined ? undefined : readCalibration(options.calibration);
  if (calibration && 'code' in calibration) return calibration;
  const sites = sitesOf(spec, zone, options.site);
  if ('code' in sites) return sites;
  return sites.flatMap((id) => {
    const request = tierRequest(spec, zone, id);
    if (!request) return [];
    const site = calibration ? { ...request.site, calibration } : request.site;
    return explain({ ...request, site }, { factor, ...(budget !== undefined && { budgetMicroseconds: budget }) }) ?? [];
  });
}

/** Prints why the tier of a zone runs as it does, also where no tier can be had. */
export async function explainTier(zone: string, estate: string | undefined, options: ExplainTierOptions): Promise<ExitCode> {
  const { source, problems } = await describeEstate(estate);
  const parsed: ParsedEstate | undefined = source && parseEstate(source.raw).parsed;
  if (!parsed) return refuse(problems);
  const explanations = explanationsOf(parsed.spec, zone, options);
  if ('code' in explanations) return refuse(parsed.broken.has(`zones/${zone}`) ? problems : [explanations]);
  if (explanations.length === 0 && problems.length > 0) return refuse(problems);
  if (options.json) stdout.line(JSON.stringify(explanations, null, 2));
  else stdout.line(explanations.map(explanationText).join('\n\n') || `${zone} has no endpoint whose TLS a tier would end.`);
  return explanations.some((one) => one.problems.length > 0) ? exitCode.usage : exitCode.ok;
}

function refuse(problems: readonly Problem[]): ExitCode {
  printProblems(problems);
  return exitCode.usage;
}
