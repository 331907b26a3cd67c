import type { Finding } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { whyUnread } from '../../kubernetes/client/connection';
import { nameOf, type Objects } from '../../kubernetes/client/objects';
import { controllerOf } from '../../kubernetes/owner-references';
import { alteredPods } from './altered-pods';
import { EmittedIndex } from './emitted-index';
import { type ForeignKind, foreignKinds } from './foreign-kinds';
import { isLeftBehind, lookalikeWorkloads, workloadKinds } from './lookalike-workloads';

/** What nobody emitted and matters to the walls and tiers of an estate; each kind that cannot be read is unknown by itself. */
export async function foreignObjects(site: string, emitted: readonly KubernetesObject[], objects: Objects): Promise<Finding[]> {
  const index = new EmittedIndex(emitted);
  const findings = await Promise.all([
    ...foreignKinds.flatMap((kind) => placesOf(kind, index).map((place) => foundOfKind(kind, place, index, objects))),
    ...index.namespaces.map((namespace) => foundWorkloads(namespace, index, objects)),
  ]);
  return findings.flat().map((finding) => ({ site, differences: [], unknown: [], ...finding }));
}

type Found = Pick<Finding, 'type' | 'resource' | 'verdict' | 'reason'> & Partial<Pick<Finding, 'differences'>>;

/** A namespace each, so that credentials for our namespaces are enough; the whole cluster where a kind may reach us from anywhere. */
function placesOf({ where }: ForeignKind, { namespaces }: EmittedIndex): readonly (string | undefined)[] {
  return where === 'ours' ? namespaces : [undefined];
}

async function foundOfKind(kind: ForeignKind, namespace: string | undefined, index: EmittedIndex, objects: Objects): Promise<Found[]> {
  try {
    const live = await listFirst(kind, namespace, objects);
    return live.filter((object) => !index.has(object) && kind.matters(object, index)).map(foreign);
  } catch (error) {
    return [unread(typeOf(kind.apiVersions[0] ?? '', kind.kind), namespace, error)];
  }
}

async function listFirst({ apiVersions, kind }: ForeignKind, namespace: string | undefined, objects: Objects): Promise<KubernetesObject[]> {
  for (const apiVersion of apiVersions) {
    const found = await objects.list(apiVersion, kind, namespace);
    if (found.length > 0) return found;
  }
  return [];
}

async function foundWorkloads(namespace: string, index: EmittedIndex, objects: Objects): Promise<Found[]> {
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
    isLeftBehind(one, workloads) ? leftBehind(one) : foreign(one),
  );
  return [...failures.values(), ...lookalikes, ...altered];
}

function foreign(object: KubernetesObject): Found {
  const type = typeOf(object.apiVersion, object.kind);
  return { type, resource: nameOf({ ...object, kind: type }), verdict: 'foreign' };
}

function leftBehind(object: KubernetesObject): Found {
  const maker = controllerOf(object)?.kind;
  return {
    ...foreign(object),
    verdict: 'unknown',
    reason: `it is being deleted, and the ${maker} that made it is gone: nobody can tell whose it was`,
  };
}

function unread(type: string, namespace: string | undefined, error: unknown): Found {
  return {
    type,
    resource: `${type} of others ${namespace === undefined ? 'in the cluster' : `in ${namespace}`}`,
    verdict: 'unknown',
    reason: whyUnread(error),
  };
}

/** Kinds that Kubernetes does not define are named with their group, as two groups may call different things by one name. */
function typeOf(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined || !group.includes('.') || group.endsWith('.k8s.io') ? kind : `${kind}.${group}`;
}
