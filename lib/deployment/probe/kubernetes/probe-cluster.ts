import type { OnPremSite } from '../../../artifacts/site';
import type { Stack } from '../../../artifacts/stacks';
import type { Finding } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { stackObjects } from '../../../readback/terraform/stack-objects';
import { whyUnread } from '../../kubernetes/client/api-error';
import { nameOf, type Objects } from '../../kubernetes/client/objects';
import { inBatches } from '../../kubernetes/client/requests';
import { compareObject } from './compare-object';
import { foreignObjects } from './foreign-objects';

/** Compares every emitted object of an on-prem site with its cluster, and finds foreign objects. */
export async function probeCluster(site: OnPremSite, stacks: readonly Stack[], objects: Objects): Promise<Finding[]> {
  const emitted = stacks.flatMap(stackObjects).map(({ object }) => object);
  const findings = await inBatches(emitted, (object) => probeObject(site.id, object, objects));
  return [...findings, ...(await foreignObjects(site.id, emitted, objects))];
}

async function probeObject(site: string, object: KubernetesObject, objects: Objects): Promise<Finding> {
  const about = { site, type: object.kind, resource: nameOf(object), differences: [], unknown: [] };
  try {
    const live = await objects.read(object);
    if (!live) return { ...about, verdict: 'missing' };
    const { differences, unknown } = compareObject(object, live);
    return { ...about, verdict: differences.length > 0 ? 'drifted' : 'as-planned', differences, unknown };
  } catch (error) {
    // Without read access or a connection, the object cannot be called as planned.
    return { ...about, verdict: 'unknown', reason: whyUnread(error) };
  }
}
