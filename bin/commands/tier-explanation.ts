import { readFileSync } from 'node:fs';
import { parse, type YAMLParseError } from 'yaml';
import { nearest } from '../../lib/core/nearest';
import { DescriptionError } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import { parseEstate } from '../../lib/estate/parse/parse';
import type { PartialEstateSpec } from '../../lib/estate/parse/partial-estate';
import { joinMisspelt, parseThing } from '../../lib/estate/parse/schema-issues';
import { tierRequest } from '../../lib/estate/plan/tier-request';
import { type CalibrationSpec, calibrationSpec } from '../../lib/tls/calibration';
import { explanationText } from '../../lib/tls/plan/explain-text';
import { explainTier as explain, type Question, type TierExplanation } from '../../lib/tls/plan/explain-tier';
import { commandProblem } from '../cli/codes';
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

/** Parses a positive number with a unit, such as `0.5x` or `2.4ms`; undefined for any other text. */
function quantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? [];
  const value = Number(digits) * (units[unit] ?? Number.NaN);
  return value > 0 ? value : undefined;
}

function invalid(path: string, wrong: string, rule: string, got: string, fix: string): DescriptionError {
  return new DescriptionError([commandProblem('CMD006', path, { wrong, rule, got, fix })]);
}

function readCalibration(file: string): CalibrationSpec {
  const { data, problems } = parseThing(calibrationSpec, parsedYaml(file), '--calibration');
  if (!data) throw new DescriptionError(joinMisspelt(problems));
  return data;
}

function parsedYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = systemReason(error);
    const line = (error as YAMLParseError).linePos?.[0].line;
    const wrong = reason === undefined ? `line ${line} of the file is not valid YAML` : `the file cannot be read because ${reason}`;
    throw invalid('--calibration', wrong, '--calibration must name a YAML or JSON file', file, `Correct ${file}, or name another file.`);
  }
}

/** Returns the sites at which to explain a zone. */
function sitesOf({ zones }: PartialEstateSpec, zone: string, site: string | undefined): readonly string[] {
  const known = zones[zone];
  if (!known) {
    const names = Object.keys(zones);
    const fix = `Name ${nearest(zone, names) ?? names[0] ?? 'a zone'}.`;
    throw invalid('ZONE', 'the estate has no such zone', `ZONE must be one of ${names.join(', ')}`, zone, fix);
  }
  if (site === undefined) return known.sites;
  if (known.sites.includes(site)) return [site];
  const fix = `Name ${nearest(site, known.sites) ?? known.sites[0]}.`;
  throw invalid('--site', `zone ${zone} does not exist at this site`, `--site must be one of ${known.sites.join(', ')}`, site, fix);
}

function questionOf({ load = '1x', budget }: ExplainTierOptions): Question {
  const factor = quantity(load, { x: 1, '': 1 });
  if (factor === undefined)
    throw invalid('--load', 'this is not a load', '--load must be a positive multiple, such as 2x', load, 'Write --load 2x.');
  if (budget === undefined) return { factor };
  const budgetMicroseconds = quantity(budget, microsecondsOf);
  if (budgetMicroseconds === undefined)
    throw invalid(
      '--budget',
      'this is not a latency budget',
      '--budget must be a positive time with a unit, such as 2.4ms or 2400us',
      budget,
      'Write --budget 2.4ms.',
    );
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
 * Prints how the tier of a zone is sized and why, even if no tier meets the requirements.
 *
 * @throws {DescriptionError} CMD006 for invalid arguments, or the problems of the estate if they prevent an explanation
 */
export async function explainTier(zone: string, estate: string | undefined, options: ExplainTierOptions): Promise<ExitCode> {
  const { source, problems } = await describeEstate(estate);
  const parsed = source && parseEstate(source.raw).parsed;
  if (!parsed || parsed.broken.has(`zones/${zone}`)) throw new DescriptionError(problems);
  const explanations = explanationsOf(parsed.spec, zone, options);
  if (explanations.length === 0 && problems.length > 0) throw new DescriptionError(problems);
  if (options.json) stdout.line(JSON.stringify(explanations, null, 2));
  else stdout.line(explanations.map(explanationText).join('\n\n') || `Zone ${zone} has no endpoint that needs a termination tier.`);
  return explanations.some((one) => one.problems.length > 0) ? exitCode.usage : exitCode.ok;
}
