import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsOf } from '../../../lib/deployment/aws/clients';
import type { CloudSitePlan, OnPremSitePlan } from '../../../lib/estate/plan-schema';
import { Cdk } from '../cloud/cdk';
import { prepare } from '../cloud/site';
import { type Cloud, startCloud } from '../harness/cloud';
import type { Cluster } from '../harness/cluster';
import { attempt, type Outcome } from '../harness/command';
import { cloudSiteOf, exampleFile, onPremSiteOf, synthesize } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { startSiteCluster } from '../on-prem/site-cluster';
import { mirrorVariable } from '../on-prem/terraform';
import { installed } from '../tools/cache';
import { definitions } from '../tools/definitions';

/** The `diptych` command. */
export const program = join('dist', 'bin', 'diptych.js');

/** Resource types that the emulator cannot return. */
export const acceptedUnknown = join(__dirname, '../cloud/accepted-unknown.json');

/** Both control planes of the example, its artifacts, and the `diptych` command that uses them. */
export interface Rig {
  readonly cloudSite: CloudSitePlan;
  readonly onPremSite: OnPremSitePlan;
  readonly cloud: Cloud;
  readonly cluster: Cluster;
  /** Folder of the artifacts. */
  readonly out: string;
  /** Environment in which every tool reaches only these control planes. */
  readonly env: NodeJS.ProcessEnv;
  diptych(...args: string[]): Promise<Outcome>;
  stop(): Promise<void>;
}

/** Starts both control planes with only the resources that a site expects to exist. */
export async function startRig(): Promise<Rig> {
  const scratch = scratchFolder('deployment');
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
    scratch.remove();
  };
  try {
    const { plan } = await synthesize(exampleFile, scratch.folder);
    const [cloudSite, onPremSite] = [cloudSiteOf(plan), onPremSiteOf(plan)];
    const cloud = await startCloud();
    stops.push(() => cloud.stop());
    const cluster = await startSiteCluster(onPremSite);
    stops.push(() => cluster.stop());
    const cloudEnv = cloud.environment(cloudSite);
    await new Cdk(cloudEnv, join(scratch.folder, 'unused')).bootstrap(cloudSite.account, cloudSite.region);
    const env = { ...cloudEnv, ...terraformEnvironment(scratch.folder), KUBECONFIG: cluster.kubeconfig, NO_COLOR: '1' };
    // Clients of this process use the same environment.
    Object.assign(process.env, env);
    await prepare(clientsOf(cloudSite), cloudSite.machineImageParameter);
    await prepareCluster(cluster, onPremSite);
    const diptych = (command: string, ...args: string[]) =>
      attempt(process.execPath, [program, command, exampleFile, '--out', scratch.folder, ...args], { env });
    return { cloudSite, onPremSite, cloud, cluster, out: scratch.folder, env, diptych, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Terraform CLI configuration: providers come from the named mirror, else from the default locations. */
function terraformEnvironment(folder: string): NodeJS.ProcessEnv {
  const mirror = process.env[mirrorVariable];
  if (!mirror) return {};
  const configuration = join(folder, 'terraform.rc');
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return { TF_CLI_CONFIG_FILE: configuration };
}

/** Applies the custom resource definitions and the namespace of the Terraform state. */
async function prepareCluster({ kubectl }: Cluster, { terraformBackend }: OnPremSitePlan): Promise<void> {
  await kubectl.run(['apply', '--server-side', '--recursive', `--filename=${installed(definitions)}`]);
  await kubectl.run(['wait', 'customresourcedefinition', '--all', '--for=condition=Established', '--timeout=60s']);
  if (terraformBackend.kind === 'kubernetes') await kubectl.run(['create', 'namespace', terraformBackend.namespace]);
}

/** Output of `diptych probe --json`. */
export interface ProbeReport {
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly type: string;
    readonly resource: string;
    readonly verdict: string;
    readonly differences: readonly { readonly attribute: string }[];
  }[];
}

/** Probes both sites, without what the emulator cannot return. */
export async function probe(rig: Rig, ...options: string[]): Promise<{ readonly code: number | null; readonly report: ProbeReport }> {
  const { code, stdout, stderr } = await rig.diptych('probe', '--accept-unknown', acceptedUnknown, '--json', ...options);
  if (stdout === '') throw new Error(`diptych probe printed no result:\n${stderr}`);
  return { code, report: JSON.parse(stdout) as ProbeReport };
}

/** Reads the record of a deployment. */
export function readRecord(out: string, number: number) {
  return JSON.parse(readFileSync(join(out, 'diptych.out', 'deployments', `${number}.json`), 'utf8')) as {
    readonly outcome: string;
    readonly resumes?: number;
    readonly steps: readonly {
      readonly stack: string;
      readonly site: string;
      readonly status: string;
      readonly summary?: string;
      readonly changed?: boolean;
      readonly untainted: readonly string[];
    }[];
  };
}
