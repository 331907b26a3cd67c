import { Command } from 'commander';
import type { Site } from '../../lib/artifacts/site';
import { countVerdicts, type Finding, type Verdict } from '../../lib/core/finding';
import type { Problem } from '../../lib/core/problem';
import type { ChoiceProps } from '../../lib/deployment/gate/choice';
import type { ClientFiles } from '../../lib/handshake/endpoint';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { run } from '../cli/run';
import { stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { estateOfArtifacts, json, only, out, site, siteLost } from './options';

interface ProbeOptions extends Pick<ChoiceProps, 'site' | 'only' | 'siteLost'> {
  readonly out: string;
  readonly acceptUnknown?: string;
  readonly handshake?: boolean;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/probe/1';

export const probeCommand = new Command('probe')
  .argument('[ESTATE]', estateOfArtifacts)
  .description('compare the live estate with what was emitted')
  .addOption(site())
  .addOption(only())
  .addOption(siteLost())
  .option('--handshake', 'also connect to every endpoint and compare what it accepts with the plan')
  .option('--ca <file>', 'authorities that endpoints must chain to; by default, those that Node trusts')
  .option('--certificate <file>', 'client certificate for endpoints that require one')
  .option('--key <file>', 'private key of the client certificate')
  .option('--accept-unknown <file>', 'JSON list of types, or types with a property, whose state may be unknown')
  .addOption(out())
  .addOption(json())
  .action((estate, options) => run(() => probe(estate, options), options));

/** Prints for every resource whether the live state is as planned. */
async function probe(estate: string | undefined, options: ProbeOptions): Promise<ExitCode> {
  const [{ readClientFiles }, { withArtifacts }] = await Promise.all([
    import('../input/client-files.js'),
    import('../input/with-artifacts.js'),
  ]);
  const client = readClientFiles(options);
  return withArtifacts({ ...options, estate }, (artifacts) => readBack(artifacts, options, client));
}

async function readBack(artifacts: Artifacts, options: ProbeOptions, client: ClientFiles): Promise<ExitCode> {
  const [{ chooseSites }, { isUnknownAccepted, readAcceptedUnknowns }] = await Promise.all([
    import('../../lib/deployment/gate/choice.js'),
    import('../../lib/deployment/probe/aws/accepted-unknown.js'),
  ]);
  const accepted = readAcceptedUnknowns(options.acceptUnknown);
  const { probe: probeSites } = await import('../../lib/deployment/probe/probe.js');
  const { sites, lost } = chooseSites(artifacts.sites, options);
  const { findings: live, unreachable: unreachableSites } = await probeSites(artifacts.folders, sites);
  const reached = sites.filter((site) => !unreachableSites.some((one) => one.site === site));
  const findings = options.handshake ? [...live, ...(await tryEndpoints(artifacts, sites, reached, client))] : live;
  const isAccepted = ({ verdict, type, unknown }: Finding) => verdict === 'unknown' && isUnknownAccepted(accepted, type, unknown);
  const unreachable = unreachableSites.flatMap(({ problems }) => problems);
  const sitesLost = lost.map(({ id }) => id);
  if (options.json) {
    const marked = findings.map((finding) => ({ ...finding, accepted: isAccepted(finding) }));
    stdout.line(JSON.stringify({ version, counts: countVerdicts(findings), sitesLost, unreachable, findings: marked }, null, 2));
  } else show(findings, isAccepted, sitesLost, unreachable);
  const verdicts = new Set<Verdict>(findings.filter((finding) => !isAccepted(finding)).map(({ verdict }) => verdict));
  return codeOf(verdicts, unreachableSites.length > 0);
}

/** Returns the exit code. An unreachable site is never ok, even if all its unknown resources are accepted. */
function codeOf(verdicts: ReadonlySet<Verdict>, isSilent: boolean): ExitCode {
  if (verdicts.has('drifted') || verdicts.has('missing') || verdicts.has('foreign')) return exitCode.findings;
  return isSilent || verdicts.has('unknown') ? exitCode.unknown : exitCode.ok;
}

/** Tries the endpoints of all sites. Addresses of on-prem endpoints are in the plan, so their clusters need not be reachable. */
async function tryEndpoints(
  { plan }: Artifacts,
  sites: readonly Site[],
  reached: readonly Site[],
  client: ClientFiles,
): Promise<Finding[]> {
  const [{ handshakes }, { plannedEndpoints }] = await Promise.all([
    import('../../lib/deployment/probe/handshakes.js'),
    import('../input/endpoints.js'),
  ]);
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
  for (const verdict of byIncreasingSeverity) for (const finding of open.filter((one) => one.verdict === verdict)) showOne(finding);
  for (const site of sitesLost) stdout.line(`lost ${site}: not asked`);
  printProblems(unreachable);
  const counts = countVerdicts(findings);
  const accepted = findings.filter(isAccepted).length;
  const words = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict.replace('-', ' ')}`);
  stdout.line(`${words.join(', ')}${accepted > 0 ? ` (${accepted} accepted)` : ''}`);
}

/** The most severe verdict comes last, next to the prompt of the terminal. */
const byIncreasingSeverity: readonly Verdict[] = ['unknown', 'foreign', 'drifted', 'missing'];

function showOne({ site, type, resource, verdict, reason, unknown, differences }: Finding): void {
  const why = reason ?? unknown.join(', ');
  // The name of a Kubernetes object already contains its kind.
  const named = resource.startsWith(`${type} `) ? resource : `${type} ${resource}`;
  stdout.line(`${verdict} ${site}: ${named}${why === '' ? '' : `: ${why}`}`);
  for (const { attribute, from, to } of differences) {
    const planned = verdict === 'foreign' ? '' : `planned ${shorten(from)}, `;
    stdout.line(`  ${attribute}: ${planned}live ${shorten(to)}`);
  }
}

function shorten(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
