import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import type { Site } from '../../lib/artifacts/site';
import { readStacks } from '../../lib/artifacts/stacks';
import { groupBy } from '../../lib/core/group';
import type { Problem } from '../../lib/core/problem';
import type { KubernetesObject } from '../../lib/readback/kubernetes/object';
import { readObjects } from '../../lib/readback/terraform/objects';
import { unknownOnPremSite } from '../../lib/readback/terraform/stack-objects';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr, stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { withArtifacts } from '../input/with-artifacts';

export interface ManifestsOptions {
  /** Id of the only site whose objects are written. */
  readonly site?: string;
  readonly stdout?: boolean;
  /** Folder with cdktf.out and diptych.out. */
  readonly out: string;
}

interface StackManifests {
  readonly stack: string;
  readonly objects: readonly KubernetesObject[];
}

/** File of cluster-scoped objects. It sorts before all zones, whose ids start with a letter, so that namespaces are applied first. */
const clusterWide = '00-cluster-wide';

/** Writes YAML 1.1, which the Kubernetes tools read, so that words such as `no` are quoted. */
function document(object: KubernetesObject): string {
  return `---\n${stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** Returns the on-prem sites whose objects are written. */
function wanted(sites: readonly Site[], site: string | undefined): { chosen: Site[]; problems: Problem[] } {
  const onPrem = sites.filter(({ kind }) => kind === 'on-prem');
  const chosen = onPrem.filter(({ id }) => site === undefined || id === site);
  if (chosen.length > 0 || site === undefined) return { chosen, problems: [] };
  const known = onPrem.map(({ id }) => id);
  return { chosen, problems: [unknownOnPremSite(site, known)] };
}

/** Writes one file per namespace. Files of an earlier run are removed, because they would be applied as well. */
function writeStack(folder: string, { objects }: StackManifests): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) rmSync(join(folder, file));
  for (const [namespace, own] of groupBy(objects, ({ metadata }) => metadata.namespace ?? clusterWide)) {
    writeFileSync(join(folder, `${namespace}.yaml`), own.map(document).join(''));
  }
}

/** Writes the objects of the on-prem sites as plain YAML, one folder per stack, read back from the emitted Terraform. */
export async function manifests(options: ManifestsOptions): Promise<ExitCode> {
  return withArtifacts({ out: options.out }, async (artifacts) => readManifests(artifacts, options));
}

function readManifests({ folders, sites }: Artifacts, options: ManifestsOptions): ExitCode {
  const { chosen, problems: missing } = wanted(sites, options.site);
  if (missing.length > 0) return refuse(missing, exitCode.usage);
  const stacks = readStacks(folders, chosen);
  const readings = stacks.map(({ name, file }) => ({ stack: name, ...readObjects(name, JSON.parse(readFileSync(file, 'utf8'))) }));
  const unread = readings.flatMap(({ problems }) => problems);
  if (unread.length > 0) return refuse(unread, exitCode.findings);
  const manifests = readings.map(({ stack, objects }) => ({ stack, objects: objects.map(({ object }) => object) }));
  if (options.stdout) for (const object of manifests.flatMap(({ objects }) => objects)) stdout.line(document(object).trimEnd());
  else writeAll(join(folders.diptych, 'manifests'), manifests);
  return exitCode.ok;
}

function writeAll(folder: string, manifests: readonly StackManifests[]): void {
  for (const manifest of manifests) {
    const own = join(folder, manifest.stack);
    writeStack(own, manifest);
    stderr.line(`${relative(process.cwd(), own)}: ${manifest.objects.length} objects`);
  }
}

function refuse(problems: readonly Problem[], code: ExitCode): ExitCode {
  printProblems(problems);
  return code;
}
