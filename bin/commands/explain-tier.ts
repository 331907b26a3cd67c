import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { nearest } from '../../lib/core/nearest';
import { DescriptionError, problem } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import { faultOf } from '../../lib/estate/load/yaml';
import { parseEstate } from '../../lib/estate/parse/parse';
import type { PartialEstateSpec } from '../../lib/estate/parse/parsed';
import { parseThing, sayMisspeltOnce } from '../../lib/estate/parse/shape';
import { tierRequest } from '../../lib/estate/plan/tier-request';
import { type CalibrationSpec, calibrationSpec } from '../../lib/tls/calibration';
import { explanationText } from '../../lib/tls/plan/explain-text';
import { explainTier as explain, type Question, type TierExplanation } from '../../lib/tls/plan/explain-tier';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { stdout } from '../cli/terminal';
import { describeEstate } from '../input/plan';

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

function refusal(path: string, as: string, value: unknown, fix: string): DescriptionError {
  return new DescriptionError([problem('CMD006', path, { cannot: 'explain the tier', as, value, fix })]);
}

function readCalibration(file: string): CalibrationSpec {
  const { data, problems } = parseThing(calibrationSpec, parsedYaml(file), '--calibration');
  if (!data) throw new DescriptionError(sayMisspeltOnce(problems));
  return data;
}

function parsedYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = systemReason(error) ?? faultOf((error as Error).message);
    throw refusal('--calibration', 'its file must be there, and be YAML or JSON', reason, `Mend ${file}, or name another file.`);
  }
}

/** The sites to explain a zone at. */
function sitesOf({ zones }: PartialEstateSpec, zone: string, site: string | undefined): readonly string[] {
  const known = zones[zone];
  if (!known) {
    const names = Object.keys(zones);
    throw refusal('ZONE', `there are the zones ${names.join(', ')}`, zone, `Name ${nearest(zone, names) ?? names[0] ?? 'a zone'}.`);
  }
  if (site === undefined) return known.sites;
  if (known.sites.includes(site)) return [site];
  const fix = `Name ${nearest(site, known.sites) ?? known.sites[0]}.`;
  throw refusal('--site', `zone ${zone} stands at ${known.sites.join(', ')}`, site, fix);
}

function questionOf({ load = '1x', budget }: ExplainTierOptions): Question {
  const factor = quantity(load, { x: 1, '': 1 });
  if (factor === undefined) throw refusal('--load', 'a load is a positive number of times, such as 2x', load, 'Write --load 2x.');
  if (budget === undefined) return { factor };
  const budgetMicroseconds = quantity(budget, microsecondsOf);
  if (budgetMicroseconds === undefined)
    throw refusal('--budget', 'a budget is a positive time with its unit, such as 2.4ms or 2400us', budget, 'Write --budget 2.4ms.');
  return { factor, budgetMicroseconds };
}

function explanationsOf(spec: PartialEstateSpec, zone: string, options: ExplainTierOptions): TierExplanation[] {
  const question = questionOf(options);
  const calibration = options.calibration === undefined ? undefined : readCalibration(options.calibration);
  return sitesOf(spec, zone, options.site).flatMap((id) => {
    const request = tierRequest(spec, zone, id);
    if (!request) return [];
    const site = calibration ? { ...request.site, calibration } : request.site;
    return explain({ ...request, site }, question) ?? [];
  });
}

/**
 * Prints why the tier of a zone runs as it does, also where no tier can be had.
 *
 * @throws {DescriptionError} CMD006 for a question that has no answer, and with the problems of an estate that gives none
 */
export async function explainTier(zone: string, estate: string | undefined, options: ExplainTierOptions): Promise<ExitCode> {
  const { source, problems } = await describeEstate(estate);
  const parsed = source && parseEstate(source.raw).parsed;
  if (!parsed || parsed.broken.has(`zones/${zone}`)) throw new DescriptionError(problems);
  const explanations = explanationsOf(parsed.spec, zone, options);
  if (explanations.length === 0 && problems.length > 0) throw new DescriptionError(problems);
  if (options.json) stdout.line(JSON.stringify(explanations, null, 2));
  else stdout.line(explanations.map(explanationText).join('\n\n') || `${zone} has no endpoint whose TLS a tier would end.`);
  return explanations.some((one) => one.problems.length > 0) ? exitCode.usage : exitCode.ok;
}
