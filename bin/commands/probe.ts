import type { Site } from '../../lib/artifacts/site';
import { countVerdicts, type Finding, type Verdict } from '../../lib/core/finding';
import type { Problem } from '../../lib/core/problem';
import { type ChoiceProps, chooseSites } from '../../lib/deployment/gate/choice';
import { isUnknownAccepted, readAcceptedUnknowns } from '../../lib/deployment/probe/aws/accepted-unknown';
import type { ClientFiles } from '../../lib/handshake/endpoint';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { readClientFiles } from '../input/client-files';
import { plannedEndpoints } from '../input/endpoints';
import { withArtifacts } from '../input/with-artifacts';

export interface ProbeOptions extends Pick<ChoiceProps, 'site' | 'only' | 'siteLost'> {
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
  const client = readClientFiles(options);
  return withArtifacts({ ...options, estate }, (artifacts) => readBack(artifacts, options, client));
}

async function readBack(artifacts: Artifacts, options: ProbeOptions, client: ClientFiles): Promise<ExitCode> {
  const accepted = readAcceptedUnknowns(options.acceptUnknown);
  const { probe: probeSites } = await import('../../lib/deployment/probe/probe.js');
  const { sites, lost } = chooseSites(artifacts.sites, options);
  const { findings: live, unreachable: unreachableSites } = await probeSites(artifacts.folders, sites, accepted);
  const reached = sites.filter((site) => !unreachableSites.some((one) => one.site === site));
  const findings = options.handshake ? [...live, ...(await shakeHands(artifacts, sites, reached, client))] : live;
  const isAccepted = ({ verdict, type, unknown }: Finding) => verdict === 'unknown' && isUnknownAccepted(accepted, type, unknown);
  const unreachable = unreachableSites.flatMap(({ problems }) => problems);
  const sitesLost = lost.map(({ id }) => id);
  if (options.json) {
    const said = findings.map((finding) => ({ ...finding, accepted: isAccepted(finding) }));
    stdout.line(JSON.stringify({ version, counts: countVerdicts(findings), sitesLost, unreachable, findings: said }, null, 2));
  } else show(findings, isAccepted, sitesLost, unreachable);
  const verdicts = new Set<Verdict>(findings.filter((finding) => !isAccepted(finding)).map(({ verdict }) => verdict));
  return codeOf(verdicts, unreachableSites.length > 0);
}

/** A site that says nothing is never well, whatever may be unknown of it. */
function codeOf(verdicts: ReadonlySet<Verdict>, isSilent: boolean): ExitCode {
  if (verdicts.has('drifted') || verdicts.has('missing') || verdicts.has('foreign')) return exitCode.findings;
  return isSilent || verdicts.has('unknown') ? exitCode.unknown : exitCode.ok;
}

/** Endpoints on-prem have addresses of their plan, whether their cluster answers or not; those in the cloud are looked up. */
async function shakeHands({ plan }: Artifacts, sites: readonly Site[], reached: readonly Site[], client: ClientFiles): Promise<Finding[]> {
  const { handshakes } = await import('../../lib/deployment/probe/handshakes.js');
  const ids = sites.map(({ id }) => id);
  return handshakes(reached, plannedEndpoints(plan, ids), client);
}

function show(
  findings: readonly Finding[],
  isAccepted: (finding: Finding) => boolean,
  sitesLost: readonly string[],
  unreachable: readonly Problem[],
): void {
  const open = findings.filter((finding) => finding.verdict !== 'as-planned' && !isAccepted(finding));
  for (const verdict of byWeight) for (const finding of open.filter((one) => one.verdict === verdict)) showOne(finding);
  for (const site of sitesLost) stdout.line(`lost ${site}: not asked`);
  printProblems(unreachable);
  const counts = countVerdicts(findings);
  const accepted = findings.filter(isAccepted).length;
  const words = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict.replace('-', ' ')}`);
  stdout.line(`${words.join(', ')}${accepted > 0 ? ` (${accepted} accepted)` : ''}`);
}

/** What matters least comes first, so that a terminal ends with what matters most. */
const byWeight: readonly Verdict[] = ['unknown', 'foreign', 'drifted', 'missing'];

function showOne({ site, type, resource, verdict, reason, unknown, differences }: Finding): void {
  const why = reason ?? unknown.join(', ');
  // An object of Kubernetes says its kind itself.
  const named = resource.startsWith(`${type} `) ? resource : `${type} ${resource}`;
  stdout.line(`${verdict} ${site}: ${named}${why === '' ? '' : `: ${why}`}`);
  for (const { attribute, from, to } of differences) {
    const planned = verdict === 'foreign' ? '' : `planned ${say(from)}, `;
    stdout.line(`  ${attribute}: ${planned}live ${say(to)}`);
  }
}

function say(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
