import { namespaceNameLabel } from '../../../core/labels';
import { type Labels, leadsTo } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { objectId } from '../../kubernetes/inventory';

/** What of a cluster is an estate's: where others have no business to open walls or to pose as a tier. */
export class EmittedIndex {
  readonly namespaces: readonly string[];
  private readonly identities: ReadonlySet<string>;

  constructor(private readonly emitted: readonly KubernetesObject[]) {
    this.namespaces = [...new Set(emitted.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
    this.identities = new Set(emitted.map(objectId));
  }

  /** Whether an object was emitted. */
  has(object: KubernetesObject): boolean {
    return this.identities.has(objectId(object));
  }

  /** Names of the tiers' Deployments in a namespace. */
  tierNames(namespace: string | undefined): string[] {
    return this.inNamespace('Deployment', namespace).map(({ metadata }) => metadata.name);
  }

  /** Labels of the tiers' pods in a namespace. */
  tierLabels(namespace: string | undefined): Labels[] {
    return this.inNamespace('Deployment', namespace).map(
      ({ spec }) => (spec as { template: { metadata: { labels?: Labels } } }).template.metadata.labels ?? {},
    );
  }

  /** The Services in a namespace that lead to a tier, and what they select. */
  tierServices(namespace: string | undefined): { readonly name: string; readonly selector: Labels }[] {
    const labels = this.tierLabels(namespace);
    return this.inNamespace('Service', namespace).flatMap(({ metadata: { name }, spec }) => {
      const { selector = {} } = spec as { selector?: Labels };
      return labels.some((own) => leadsTo(selector, own)) ? [{ name, selector }] : [];
    });
  }

  /** Labels of a namespace, where it was emitted and they are known. */
  namespaceLabels(name: string): Labels | undefined {
    const namespace = this.emitted.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
    return namespace && { ...namespace.metadata.labels, [namespaceNameLabel]: name };
  }

  private inNamespace(kind: string, namespace: string | undefined): KubernetesObject[] {
    return this.emitted.filter((object) => object.kind === kind && object.metadata.namespace === namespace);
  }
}
