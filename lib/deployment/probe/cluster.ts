import type { KubernetesObject } from '../../readback/kubernetes-object';
import { ApiRefusal } from '../cluster/connection';
import { nameOf, type Objects } from '../cluster/objects';
import { stackObjects } from '../cluster/stack-objects';
import type { OnPremSite } from '../site';
import type { Stack } from '../stacks';
import { compareObject } from './compare-object';
import type { Finding } from './finding';
import { foreignObjects } from './foreign-objects';

/** Objects that are read at once. */
const atOnce = 8;

/** Compares every object that was emitted for a site with its cluster, and looks for what does not belong there. */
export async function probeCluster(site: OnPremSite, stacks: readonly Stack[], objects: Objects): Promise<Finding[]> {
  const emitted = stacks.flatMap(stackObjects).map(({ object }) => object);
  const findings: Finding[] = [];
  for (let start = 0; start < emitted.length; start += atOnce) {
    findings.push(...(await Promise.all(emitted.slice(start, start + atOnce).map((object) => probeObject(site.id, object, objects)))));
  }
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
    // Somebody who may not read it, or a server that went away, cannot say that it is as planned.
    const reason = error instanceof ApiRefusal ? `${error.status} ${error.reason}` : (error as Error).message;
    return { ...about, verdict: 'unknown', reason };
  }
}
