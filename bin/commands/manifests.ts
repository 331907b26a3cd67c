import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { foldersIn } from '../../lib/artifacts/folders';
import { artifactProblems } from '../../lib/artifacts/wholeness';
import { groupBy } from '../../lib/core/group';
import { type Problem, problem } from '../../lib/core/problem';
import type { KubernetesObject } from '../../lib/readback/kubernetes/object';
import { type EmittedStack, readTerraformHalf } from '../../lib/readback/terraform/half';
import { readObjects } from '../../lib/readback/terraform/objects';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr, stdout } from '../cli/terminal';

export interface ManifestsOptions {
  /** Id of the one site whose objects are wanted. */
  readonly site?: string;
  readonly stdout?: boolean;
  /** Folder with cdktf.out and diptych.out. */
  readonly out: string;
}

interface StackManifests {
  readonly stack: string;
  readonly objects: readonly KubernetesObject[];
}

/** Sorts before every zone, since an id starts with a letter: a namespace is there before what stands in it. */
const clusterWide = '00-cluster-wide';

/** Words that YAML 1.1 takes for truth values or numbers are quoted: Kubernetes' own tools read that version. */
function document(object: KubernetesObject): string {
  return `---\n${stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function wanted(stacks: readonly EmittedStack[], site: string | undefined): { stacks: EmittedStack[]; problems: Problem[] } {
  const chosen = stacks.filter((stack) => site === undefined || stack.site === site);
  if (chosen.length > 0 || site === undefined) return { stacks: chosen, problems: [] };
  const sites = [...new Set(stacks.map((stack) => stack.site))];
  const fix = sites.length > 0 ? `Name one of ${sites.join(', ')}.` : 'Add a site on-prem to the estate.';
  return { stacks: [], problems: [problem('RDB005', 'site', { cannot: 'find the site', as: 'it must be one on-prem', value: site, fix })] };
}

/** One file a namespace; what is left of an earlier run would be applied as well. */
function writeStack(folder: string, { objects }: StackManifests): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) rmSync(join(folder, file));
  for (const [namespace, own] of groupBy(objects, ({ metadata }) => metadata.namespace ?? clusterWide)) {
    writeFileSync(join(folder, `${namespace}.yaml`), own.map(document).join(''));
  }
}

/** Writes the objects of the sites on-prem as plain YAML, one folder a stack, read back from the Terraform that was emitted. */
export async function manifests(options: ManifestsOptions): Promise<ExitCode> {
  const folders = foldersIn(options.out);
  const broken = artifactProblems(folders);
  const { stacks, problems: missing } =
    broken.length > 0 ? { stacks: [], problems: broken } : wanted(readTerraformHalf(folders.terraform), options.site);
  if (missing.length > 0) return refuse(missing, exitCode.usage);
  const readings = stacks.map(({ name, json }) => ({ stack: name, ...readObjects(name, json) }));
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
