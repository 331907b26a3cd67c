import { isDeepStrictEqual } from 'node:util';
import type { DeployedResource } from '../deployed';
import type { Facts, Reader } from './reader';

/** A live resource that is not what its template says. */
export interface Difference {
  readonly resource: string;
  readonly live: Facts | undefined;
  readonly declared: Facts;
}

/** What a read-back found. */
export interface ReadBack {
  /** Resources compared, by type. */
  readonly compared: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
}

/** Compares every deployed resource whose type can be read back with what its service answers. */
export async function readBack(readers: readonly Reader[], resources: readonly DeployedResource[]): Promise<ReadBack> {
  const compared: Record<string, number> = {};
  const differences: Difference[] = [];
  for (const reader of readers) {
    const live = await reader.live();
    for (const resource of resources.filter(({ type }) => type === reader.type)) {
      compared[reader.type] = (compared[reader.type] ?? 0) + 1;
      const declared = reader.declared(resource);
      const found = live.get(resource.physicalId);
      if (!isDeepStrictEqual(found, declared))
        differences.push({ resource: `${resource.stack}/${resource.logicalId}`, live: found, declared });
    }
  }
  return { compared, differences };
}
