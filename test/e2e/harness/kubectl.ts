import { attempt, type Outcome, succeed } from './command';

/** Part of a Kubernetes object that every one of them has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** The Kubernetes client, bound to one cluster. */
export class Kubectl {
  constructor(
    readonly program: string,
    readonly kubeconfig: string,
  ) {}

  /** @throws where the command fails */
  run(args: readonly string[], input?: string): Promise<string> {
    return succeed(this.program, this.withConfig(args), { input });
  }

  /** Runs a command that may well fail. */
  attempt(args: readonly string[], input?: string): Promise<Outcome> {
    return attempt(this.program, this.withConfig(args), { input });
  }

  /** Server-side apply: unknown fields are refused, not dropped. */
  apply(objects: readonly object[], ...options: string[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.run(['apply', '--server-side', '--validate=strict', ...options, '--filename=-'], JSON.stringify(list));
  }

  /** The objects a `kubectl get` names. */
  async list<T = KubernetesObject>(...args: string[]): Promise<T[]> {
    return (JSON.parse(await this.run(['get', '--output=json', ...args])) as { items: T[] }).items;
  }

  /** The one object a `kubectl get` names. */
  async get<T = KubernetesObject>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run(['get', '--output=json', ...args])) as T;
  }

  /** Sets labels on a namespace that is there or will be in a moment. */
  async labelNamespace(namespace: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);
  }

  private withConfig(args: readonly string[]): string[] {
    return [`--kubeconfig=${this.kubeconfig}`, ...args];
  }
}
