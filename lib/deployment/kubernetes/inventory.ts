import { z } from 'zod';
import { objectLabels } from '../../core/labels';
import type { KubernetesObject } from '../../readback/kubernetes/object';
import { nameOf, type ObjectKey, type Objects } from './client/objects';

/** Namespace that is there in every cluster and carries the site's own label. */
const namespace = 'kube-system';

const entries = z.array(
  z.object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
    isProtected: z.boolean().default(false),
  }),
);

/** An object that a deployment of ours has applied. */
export type InventoryEntry = z.infer<typeof entries>[number];

/** What of a stack is in a cluster because we applied it: a ConfigMap in the cluster itself, so that it outlives any machine. */
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

  /** @param estate - the one whose stack it is: another may have a stack of the same name */
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

/** Where the inventory of a stack is kept. */
export function inventoryKey(stack: string): ObjectKey {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `diptych-inventory-${stack}`, namespace } };
}

/** Two keys with the same identity are one object, whatever the version of the API they were written in. */
export function objectId(key: ObjectKey): string {
  const [group] = key.apiVersion.includes('/') ? key.apiVersion.split('/') : [''];
  return `${group} ${nameOf(key)}`;
}
