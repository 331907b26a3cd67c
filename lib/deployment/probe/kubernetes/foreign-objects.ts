import type { Finding } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { whyUnread } from '../../kubernetes/client/api-error';
import { nameOf, type Objects } from '../../kubernetes/client/objects';
import { controllerOf } from '../../kubernetes/owner-references';
import { alteredPods } from './altered-pods';
import { EmittedIndex } from './emitted-index';
import { type ForeignKind, foreignKinds } from './foreign-kinds';
import { isOrphaned, lookalikeWorkloads, workloadKinds } from './lookalike-workloads';

/** Finds objects that were not emitted and affect the segmentation or the tiers. A kind that cannot be read is reported as `unknown`. */
export async function foreignObjects(site: string, emitted: readonly KubernetesObject[], objects: Objects): Promise<Finding[]> {
  const index = new EmittedIndex(emitted);
  const findings = await Promise.all([
    ...foreignKinds.flatMap((kind) => namespacesOf(kind, index).map((namespace) => foreignOfKind(kind, namespace, index, objects))),
    ...index.namespaces.map((namespace) => foreignWorkloads(namespace, index, objects)),
  ]);
  return findings.flat().map((finding) => ({ site, differences: [], unknown: [], ...finding }));
}

type Found = Pick<Finding, 'type' | 'resource' | 'verdict' | 'reason'> & Partial<Pick<Finding, 'differences'>>;

/** Returns the namespaces to list. They are listed one by one, so that permissions in these namespaces suffice; undefined lists the whole cluster. */
function namespacesOf({ scope }: ForeignKind, { namespaces }: EmittedIndex): readonly (string | undefined)[] {
  return scope === 'estate' ? namespaces : [undefined];
}

async function foreignOfKind(kind: ForeignKind, namespace: string | undefined, index: EmittedIndex, objects: Objects): Promise<Found[]> {
  try {
    const live = await listFirstServed(kind, namespace, objects);
    return live.filter((object) => !index.has(object) && kind.isRelevant(object, index)).map(foreign);
  } catch (error) {
    return [unread(typeOf(kind.apiVersions[0] ?? '', kind.kind), namespace, error)];
  }
}

async function listFirstServed(
  { apiVersions, kind }: ForeignKind,
  namespace: string | undefined,
  objects: Objects,
): Promise<KubernetesObject[]> {
  for (const apiVersion of apiVersions) {
    const found = await objects.list(apiVersion, kind, namespace);
    if (found.length > 0) return found;
  }
  return [];
}

async function foreignWorkloads(namespace: string, index: EmittedIndex, objects: Objects): Promise<Found[]> {
  const failures = new Map<string, Found>();
  const workloads: KubernetesObject[] = [];
  for (const round of workloadKinds) {
    const lists = round.map(([apiVersion, kind]) =>
      objects.list(apiVersion, kind, namespace).catch((error: unknown) => {
        failures.set(kind, unread(kind, namespace, error));
        return [];
      }),
    );
    workloads.push(...(await Promise.all(lists)).flat());
  }
  const altered = alteredPods(workloads, index).map(
    ({ pod, differences }): Found => ({ ...foreign(pod), verdict: 'drifted', differences }),
  );
  const lookalikes = lookalikeWorkloads(workloads, new Set(failures.keys()), index).map((one) =>
    isOrphaned(one, workloads) ? orphaned(one) : foreign(one),
  );
  return [...failures.values(), ...lookalikes, ...altered];
}

function foreign(object: KubernetesObject): Found {
  const type = typeOf(object.apiVersion, object.kind);
  return { type, resource: nameOf({ ...object, kind: type }), verdict: 'foreign' };
}

function orphaned(object: KubernetesObject): Found {
  const owner = controllerOf(object)?.kind;
  return {
    ...foreign(object),
    verdict: 'unknown',
    reason: `it is being deleted and its ${owner} no longer exists, so its owner cannot be determined`,
  };
}

function unread(type: string, namespace: string | undefined, error: unknown): Found {
  return {
    type,
    resource: `every other ${type} ${namespace === undefined ? 'in the cluster' : `in ${namespace}`}`,
    verdict: 'unknown',
    reason: whyUnread(error),
  };
}

/** Returns the kind, with the API group for kinds that Kubernetes does not define, because their names are not unique. */
function typeOf(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined || !group.includes('.') || group.endsWith('.k8s.io') ? kind : `${kind}.${group}`;
}
