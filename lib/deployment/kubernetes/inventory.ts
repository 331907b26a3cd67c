import { z } from 'zod';
import { objectLabels } from '../../core/labels';
import type { KubernetesObject } from '../../readback/kubernetes/object';
import { nameOf, type ObjectKey, type Objects } from './client/objects';

/** Namespace that exists in every cluster and carries the label of the site. */
const namespace = 'kube-system';

const entries = z.array(
  z.object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
    isProtected: z.boolean().default(false),
  }),
);

/** An object that a deployment has applied. */
export type InventoryEntry = z.infer<typeof entries>[number];

/** Applied objects of a stack, stored in a ConfigMap in the cluster so that they can be deleted from any machine. */
export class Inventory {
  constructor(
    private readonly objects: Objects,
    private readonly stack: string,
  ) {}

  async read(): Promise<InventoryEntry[]> {
    const held = await this.objects.read(inventoryKey(this.stack));
    const { objects } = (held?.data ?? {}) as { objects?: string };
    return objects === undefined ? [] : entries.parse(JSON.parse(objects));
  }

  /**
   * Writes the inventory.
   *
   * @param estate - estate of the stack, because another estate may have a stack of the same name
   */
  async write(present: readonly InventoryEntry[], estate: string): Promise<void> {
    const sorted = [...new Map(present.map((entry) => [objectId(entry), entry])).values()];
    const key = inventoryKey(this.stack);
    await this.objects.apply({
      ...key,
      metadata: { ...key.metadata, labels: objectLabels(estate) },
      data: { objects: JSON.stringify(sorted) },
    } as KubernetesObject);
  }

  delete(): Promise<void> {
    return this.objects.delete(inventoryKey(this.stack));
  }
}

/** Key of the ConfigMap that stores the inventory of a stack. */
export function inventoryKey(stack: string): ObjectKey {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `diptych-inventory-${stack}`, namespace } };
}

/** Group, kind, namespace and name of an object. The API version is left out, because one object can be read in several versions. */
export function objectId(key: ObjectKey): string {
  const [group] = key.apiVersion.includes('/') ? key.apiVersion.split('/') : [''];
  return `${group} ${nameOf(key)}`;
}
