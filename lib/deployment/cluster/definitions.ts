import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../readback/kubernetes-object';
import type { Objects } from './objects';

/** Milliseconds between two looks. */
const lookMilliseconds = 200;

/** Waits until the API server serves the kinds that some definitions define. */
export async function waitForDefinitions(objects: Objects, applied: readonly KubernetesObject[], signal: AbortSignal): Promise<void> {
  for (const definition of applied.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
    while (!isEstablished(await objects.read(definition))) await sleep(lookMilliseconds, undefined, { signal });
  }
}

function isEstablished(definition: KubernetesObject | undefined): boolean {
  const { conditions = [] } = (definition?.status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
