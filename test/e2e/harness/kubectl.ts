import { attempt, type Outcome, succeed } from './command';

/** Fields common to all Kubernetes objects. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** The `kubectl` command for one cluster. */
export class Kubectl {
  constructor(
    readonly program: string,
    readonly kubeconfig: string,
  ) {}

  /** @throws if the command fails */
  run(args: readonly string[], input?: string): Promise<string> {
    return succeed(this.program, this.withConfig(args), { input });
  }

  /** Runs a command that may fail. */
  attempt(args: readonly string[], input?: string): Promise<Outcome> {
    return attempt(this.program, this.withConfig(args), { input });
  }

  /** Server-side apply with strict validation of fields. */
  apply(objects: readonly object[], ...options: string[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.run(['apply', '--server-side', '--validate=strict', ...options, '--filename=-'], JSON.stringify(list));
  }

  /** Objects returned by `kubectl get`. */
  async list<T = KubernetesObject>(...args: string[]): Promise<T[]> {
    return (JSON.parse(await this.run(['get', '--output=json', ...args])) as { items: T[] }).items;
  }

  /** The single object returned by `kubectl get`. */
  async get<T = KubernetesObject>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run(['get', '--output=json', ...args])) as T;
  }

  /** Labels a namespace, waiting until it exists. */
  async labelNamespace(namespace: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);
  }

  private withConfig(args: readonly string[]): string[] {
    return [`--kubeconfig=${this.kubeconfig}`, ...args];
  }
}
