import type { KubernetesObject } from '../../readback/kubernetes-object';

/** What keeps an object as it is and made it. */
export interface Maker {
  readonly kind: string;
  readonly uid: string;
}

/**
 * The one controller of an object, where it has one.
 *
 * @see {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/}
 */
export function makerOf({ metadata }: KubernetesObject): Maker | undefined {
  const owners = (metadata.ownerReferences ?? []) as readonly (Maker & { readonly controller?: boolean })[];
  return owners.find(({ controller }) => controller === true);
}
