import { readFileSync } from 'node:fs';
import { type ChoiceProps, chooseSites } from '../../lib/deployment/choice';
import { mayBeUnknown, readAccepted } from '../../lib/deployment/probe/accepted';
import { countVerdicts, type Finding, type Verdict } from '../../lib/deployment/probe/finding';
import type { Site } from '../../lib/deployment/site';
import type { Artifacts } from '../artifacts-of';
import { plannedEndpoints } from '../endpoints';
import { type ExitCode, exitCode } from '../exit-code';
import { onArtifacts } from '../on-artifacts';
import { stdout } from '../terminal';

export interface ProbeOptions extends Pick<ChoiceProps, 'site' | 'only'> {
  readonly out: string;
  readonly acceptUnknown?: string;
  readonly handshake?: boolean;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Version of what `--json` prints: a field may be added within one, never removed or given another meaning. */
const version = 'diptych/probe/1';

/** Reads the live estate back and says of every resource whether it is as planned. */
export async function probe(estate: string | undefined, options: ProbeOptions): Promise<ExitCode> {
  return onArtifacts(estate, options.out, (artifacts) => readBack(artifacts, options));
}

async function readBack(artifacts: Artifacts, options: ProbeOptions): Promise<ExitCode> {
  const accepted = readAccepted(options.acceptUnknown);
  const { probe: probeSites } = await import('../../lib/deployment/probe/probe.js');
  const { sites } = chooseSites(artifacts.sites, options);
  const live = await probeSites(artifacts.folders, sites, accepted);
  const findings = options.handshake ? [...live, ...(await shakeHands(artifacts, sites, options))] : live;
  const isAccepted = ({ verdict, type, unknown }: Finding) => verdict === 'unknown' && mayBeUnknown(accepted, type, unknown);
  if (options.json) stdout.line(JSON.stringify({ version, counts: countVerdicts(findings), findings }, null, 2));
  else show(findings, isAccepted);
  const verdicts = new Set<Verdict>(findings.filter((finding) => !isAccepted(finding)).map(({ verdict }) => verdict));
  verdicts.delete('as-planned');
  const onlyUnknown = verdicts.size === 1 && verdicts.has('unknown');
  return verdicts.size === 0 ? exitCode.ok : onlyUnknown ? exitCode.unknown : exitCode.findings;
}

async function shakeHands({ plan }: Artifacts, sites: readonly Site[], options: ProbeOptions): Promise<Finding[]> {
  const { handshakes } = await import('../../lib/deployment/handshake/handshakes.js');
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'));
  const client = { ca: read(options.ca), certificate: read(options.certificate), key: read(options.key) };
  return handshakes(
    sites,
    plannedEndpoints(
      plan,
      sites.map(({ id }) => id),
    ),
    client,
  );
}

function show(findings: readonly Finding[], isAccepted: (finding: Finding) => boolean): void {
  for (const finding of findings.filter(({ verdict }) => verdict !== 'as-planned')) {
    const { site, type, resource, verdict, reason, unknown } = finding;
    const why = reason ?? unknown.join(', ');
    stdout.line(`${verdict} ${site}: ${type} ${resource}${why === '' ? '' : `: ${why}`}${isAccepted(finding) ? ' (accepted)' : ''}`);
    for (const { attribute, from, to } of finding.differences) stdout.line(`  ${attribute}: ${say(from)} -> ${say(to)}`);
  }
  const counts = countVerdicts(findings);
  const accepted = findings.filter(isAccepted).length;
  const words = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict.replace('-', ' ')}`);
  stdout.line(`${words.join(', ')}${accepted > 0 ? ` (${accepted} accepted)` : ''}`);
}

function say(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
