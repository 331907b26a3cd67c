import type { OnPremSitePlan } from '../../../lib/estate/plan-schema';
import type { Kubectl, KubernetesObject } from '../harness/kubectl';

/** The fields of a pod that these tests read. */
export interface Pod extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string };
}

interface DisruptionBudget extends KubernetesObject {
  readonly status: { readonly disruptionsAllowed: number };
}

interface Node extends KubernetesObject {
  readonly spec: { readonly unschedulable?: boolean };
}

/** Label selector of the instances of a tier. */
export const tierLabel = 'diptych/role=tier';

/** A tier of a site: its Deployment and its pods. */
export class LiveTier {
  constructor(
    private readonly kubectl: Kubectl,
    readonly zone: string,
  ) {}

  get namespace(): string {
    return `--namespace=${this.zone}`;
  }

  /** Name of the Deployment. */
  async deployment(): Promise<string> {
    const [found] = await this.kubectl.list('deployment', this.namespace, `--selector=${tierLabel}`);
    if (!found) throw new Error(`the tier of zone ${this.zone} has no Deployment`);
    return found.metadata.name;
  }

  /** Waits for the rollout. */
  async rolledOut(): Promise<void> {
    await this.kubectl.run(['rollout', 'status', `deployment/${await this.deployment()}`, this.namespace, '--timeout=120s']);
  }

  /** Pods in any state. */
  pods(): Promise<Pod[]> {
    return this.kubectl.list<Pod>('pod', this.namespace, `--selector=${tierLabel}`);
  }

  /** Running pods that are not terminating. */
  async running(): Promise<Pod[]> {
    return (await this.pods()).filter(({ metadata, status }) => status.phase === 'Running' && metadata.deletionTimestamp === undefined);
  }

  /** Number of evictions that the PodDisruptionBudget currently allows. */
  async disruptionsAllowed(): Promise<number | undefined> {
    const [budget] = await this.kubectl.list<DisruptionBudget>('poddisruptionbudget', this.namespace);
    return budget?.status.disruptionsAllowed;
  }

  /** Number of running pods by failure domain. */
  async spread(domains: ReadonlyMap<string, string>): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { spec } of await this.running()) {
      const domain = domains.get(spec.nodeName ?? '') ?? 'none';
      counts[domain] = (counts[domain] ?? 0) + 1;
    }
    return counts;
  }
}

/** Failure domain of every node. */
export async function failureDomains(kubectl: Kubectl, { failureDomains: { label } }: OnPremSitePlan): Promise<Map<string, string>> {
  const nodes = await kubectl.list<Node>('node');
  return new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels?.[label] ?? 'none']));
}

/** Names of the nodes that match a selector. */
export async function nodesWith(kubectl: Kubectl, selector: string): Promise<string[]> {
  return (await kubectl.list<Node>('node', `--selector=${selector}`)).map(({ metadata }) => metadata.name);
}
