import type { KubernetesObject } from '../../lib/readback/kubernetes/object';
import { type Answer, type Sent, type StandIn, standIn } from './stand-in-api';

/** Plural names by kind and version; all kinds except Namespace are namespaced. */
const served: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { Namespace: 'namespaces', ConfigMap: 'configmaps', Pod: 'pods', Secret: 'secrets' },
  'apps/v1': { ReplicaSet: 'replicasets', Deployment: 'deployments' },
  'coordination.k8s.io/v1': { Lease: 'leases' },
};

/** A cluster that stores what is written to it, and does nothing else. */
export interface StandInCluster extends StandIn {
  /** Live objects by path. */
  readonly live: ReadonlyMap<string, KubernetesObject>;
}

/** Starts a cluster with some objects. */
export async function standInCluster(objects: readonly KubernetesObject[]): Promise<StandInCluster> {
  const live = new Map(objects.map((object) => [pathOf(object), object]));
  const api = await standIn((method, url, sent) => {
    const [path = ''] = url.split('?');
    return discovery(path) ?? carriedOut(live, method, path, sent);
  });
  return { ...api, live };
}

/** Path of an object; without a namespace, it is cluster-scoped. */
export function pathOf({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): string {
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${rootOf(apiVersion)}${place}/${served[apiVersion]?.[kind]}/${name}`;
}

function rootOf(version: string): string {
  return version.includes('/') ? `/apis/${version}` : `/api/${version}`;
}

function discovery(path: string): Answer | undefined {
  if (path === '/version') return [200, { gitVersion: 'v1.34.4' }];
  if (path === '/apis') {
    const versions = Object.keys(served).filter((version) => version.includes('/'));
    const groups = versions.map((groupVersion) => ({ versions: [{ groupVersion }], preferredVersion: { groupVersion } }));
    return [200, { groups }];
  }
  const version = Object.keys(served).find((one) => rootOf(one) === path);
  if (version === undefined) return undefined;
  const resources = Object.entries(served[version] ?? {}).map(([kind, name]) => ({
    kind,
    name,
    namespaced: kind !== 'Namespace',
    verbs: ['delete', 'get', 'list'],
  }));
  return [200, { resources }];
}

/** Handles a request as an API server does. */
function carriedOut(live: Map<string, KubernetesObject>, method: string, path: string, { body }: Sent): Answer | undefined {
  const before = live.get(path);
  if (method === 'GET') return before ? [200, before] : listed(live, path);
  if (method === 'DELETE') return live.delete(path) ? [200, {}] : undefined;
  const sent = body as KubernetesObject;
  const managedFields = [{ manager: 'diptych', operation: method === 'PATCH' ? 'Apply' : 'Update' }];
  const written = { ...sent, metadata: { uid: path, ...sent.metadata, resourceVersion: '1', managedFields } };
  live.set(method === 'POST' ? pathOf(sent) : path, written);
  return [200, written];
}

/** Items of a list have no kind and no version. */
function listed(live: ReadonlyMap<string, KubernetesObject>, path: string): Answer | undefined {
  if (!Object.values(served).some((kinds) => Object.values(kinds).includes(path.split('/').at(-1) ?? ''))) return undefined;
  const items = [...live].filter(([one]) => one.startsWith(`${path}/`)).map(([, { apiVersion, kind, ...item }]) => item);
  return [200, { items }];
}
