import { namespaceNameLabel } from '../../../core/labels';
import { type Labels, serviceSelects } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { objectId } from '../../kubernetes/inventory';

/** Index of emitted objects, used to decide whether a live object is foreign. */
export class EmittedIndex {
  /** Namespaces that contain emitted objects, sorted. */
  readonly namespaces: readonly string[];
  private readonly identities: ReadonlySet<string>;

  constructor(private readonly emitted: readonly KubernetesObject[]) {
    this.namespaces = [...new Set(emitted.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
    this.identities = new Set(emitted.map(objectId));
  }

  /** Returns true if an object of the same kind, namespace and name was emitted. */
  has(object: KubernetesObject): boolean {
    return this.identities.has(objectId(object));
  }

  /** Returns the names of the tier Deployments in a namespace. */
  tierNames(namespace: string | undefined): string[] {
    return this.inNamespace('Deployment', namespace).map(({ metadata }) => metadata.name);
  }

  /** Returns the pod labels of each tier in a namespace. */
  tierLabels(namespace: string | undefined): Labels[] {
    return this.inNamespace('Deployment', namespace).map(
      ({ spec }) => (spec as { template: { metadata: { labels?: Labels } } }).template.metadata.labels ?? {},
    );
  }

  /** Returns the Services in a namespace that select the pods of a tier. */
  tierServices(namespace: string | undefined): { readonly name: string; readonly selector: Labels }[] {
    const labels = this.tierLabels(namespace);
    return this.inNamespace('Service', namespace).flatMap(({ metadata: { name }, spec }) => {
      const { selector = {} } = spec as { selector?: Labels };
      return labels.some((own) => serviceSelects(selector, own)) ? [{ name, selector }] : [];
    });
  }

  /** Returns the labels of an emitted namespace; undefined if the namespace was not emitted. */
  namespaceLabels(name: string): Labels | undefined {
    const namespace = this.emitted.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
    return namespace && { ...namespace.metadata.labels, [namespaceNameLabel]: name };
  }

  private inNamespace(kind: string, namespace: string | undefined): KubernetesObject[] {
    return this.emitted.filter((object) => object.kind === kind && object.metadata.namespace === namespace);
  }
}
