import { join } from 'node:path';
import type { SitePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { type Toolchain, toolchain } from '../../support/toolchain';
import type { Outcome } from '../harness/command';
import { exampleFile, onPremSiteOf, type Synthesized, synthesize } from '../harness/example';
import type { KubernetesObject } from '../harness/kubectl';
import { writeManifests } from '../on-prem/manifests';
import { bootInstance, emittedUserData, fillBuckets } from './instance';
import { installJudge } from './judge';
import { type Material, makeMaterial } from './material';
import { bootPod, type PodSpec } from './pod';
import { installProbe } from './probe';
import { MachineRoot } from './root';

type ConfigMap = KubernetesObject & { readonly data: Readonly<Record<string, string>> };

/** Changes to an emitted pod before it boots. */
export interface PodChanges {
  readonly pod?: (pod: PodSpec) => PodSpec;
  /** Replacement in the `bind` lines of the HAProxy configuration. */
  readonly bind?: (line: string) => string;
  /** Change to the folder with the endpoint's files. */
  readonly tls?: (folder: string) => Promise<void>;
}

/** Machines that boot the emitted tiers of the example. */
export class Machines {
  private count = 0;

  private constructor(
    readonly folder: string,
    private readonly tools: Toolchain,
    readonly estate: Synthesized,
    private readonly objects: readonly KubernetesObject[],
  ) {}

  /** Synthesizes the example into a folder, which also holds the machines. */
  static async create(folder: string): Promise<Machines> {
    const [tools, estate] = [await toolchain(), await synthesize(exampleFile, folder)];
    const stacks = await writeManifests(folder, [`${onPremSiteOf(estate.plan).id}-tiers`]);
    return new Machines(
      folder,
      tools,
      estate,
      stacks.flatMap((stack) => stack.objects),
    );
  }

  /** Boots an instance of a tier with its user data, optionally changed. */
  async bootInstance(site: SitePlan, tier: TierPlan, change = (script: string) => script): Promise<Outcome> {
    const { cloudAssembly } = this.estate;
    const { root, material } = await this.machine(site, tier);
    fillBuckets(root, cloudAssembly);
    return bootInstance(root, change(emittedUserData(cloudAssembly, tier.zone)), material.tls);
  }

  /** Boots a pod of a tier, optionally changed. */
  async bootPod(site: SitePlan, tier: TierPlan, { pod = same, bind = same, tls }: PodChanges = {}): Promise<Outcome> {
    const { root, material } = await this.machine(site, tier);
    await tls?.(material.tls);
    const own = this.objects.filter(({ metadata }) => metadata.namespace === tier.zone);
    const deployment = own.find(({ kind }) => kind === 'Deployment') as KubernetesObject & { spec: { template: { spec: PodSpec } } };
    const configMaps = own.filter(({ kind }) => kind === 'ConfigMap') as ConfigMap[];
    return bootPod(root, pod(deployment.spec.template.spec), {
      configMaps: configMaps.map((map) => ({ ...map, data: withLines(map.data, bind) })),
      secretFolder: (secret) => join(material.tls, secret.replace(/-tls$/, '')),
    });
  }

  /** A machine with a client, and the files of the servers. */
  private async machine(site: SitePlan, tier: TierPlan): Promise<{ readonly root: MachineRoot; readonly material: Material }> {
    const folder = join(this.folder, `machine-${++this.count}`);
    const endpoints = endpointsOf(site, tier);
    const material = await makeMaterial(`${folder}-material`, endpoints);
    const root = new MachineRoot(folder, this.tools, tier.profile.fipsProvider ? this.tools.fipsEnv : this.tools.env);
    installProbe(root, endpoints, material, installJudge(root, { plan: this.estate.plan, site, tier, endpoints }));
    return { root, material };
  }
}

/** Endpoints of a zone that its tier terminates TLS for. */
export function endpointsOf(site: SitePlan, { zone }: TierPlan): EndpointPlan[] {
  const found = site.zones.find(({ id }) => id === zone);
  return found?.endpoints.filter(({ managedCertificate }) => managedCertificate === undefined) ?? [];
}

/** Exit code and output of a machine, for messages. */
export function say({ code, stdout, stderr }: Outcome): string {
  return `ended with ${code}\n${stdout}${stderr}`;
}

function same<T>(value: T): T {
  return value;
}

function withLines(files: Readonly<Record<string, string>>, bind: (line: string) => string): Record<string, string> {
  const changed = Object.entries(files).map(([name, text]) => [name, text.replace(/^ *bind .* ssl .*$/gm, bind)]);
  return Object.fromEntries(changed) as Record<string, string>;
}
