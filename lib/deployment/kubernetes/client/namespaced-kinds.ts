import { ApiError } from './api-error';
import type { Connection } from './connection';
import { inBatches } from './requests';

/** A namespaced kind whose objects are deleted with their namespace. */
export interface NamespacedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** API path of the objects of one namespace. */
  readonly path: (namespace: string) => string;
}

/** Kinds or objects that could not be listed, and why. */
export interface Unlisted {
  readonly what: string;
  readonly why: string;
}

interface Group {
  readonly name: string;
  readonly preferredVersion: { readonly groupVersion: string };
  readonly versions: readonly { readonly groupVersion: string }[];
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** All namespaced kinds of a cluster. A group whose API service does not answer is reported as unlisted. */
export async function namespacedKinds(connection: Connection): Promise<{ kinds: NamespacedKind[]; unlisted: Unlisted[] }> {
  const { groups } = (await connection.ask('GET', 'apis')) as { groups: readonly Group[] };
  // A group may serve different kinds in different versions; the preferred version takes precedence.
  const versions = groups.flatMap(({ preferredVersion, versions }) => [preferredVersion, ...versions].map((one) => one.groupVersion));
  const unlisted: Unlisted[] = [];
  const kinds = await inBatches(['v1', ...new Set(versions)], async (version) => {
    try {
      return await kindsOf(version, connection);
    } catch (error) {
      if (!isGone(error)) unlisted.push({ what: `every kind of ${version}`, why: apiReason(error) });
      return [];
    }
  });
  const distinct = new Map(
    kinds
      .flat()
      .reverse()
      .map((one) => [`${groupOf(one)} ${one.kind}`, one]),
  );
  return { kinds: [...distinct.values()].reverse(), unlisted };
}

/** Kinds that cannot be deleted, such as metrics, are computed by a server and not stored. */
async function kindsOf(version: string, connection: Connection): Promise<NamespacedKind[]> {
  const root = version.includes('/') ? `apis/${version}` : `api/${version}`;
  const { resources } = (await connection.ask('GET', root)) as { resources: readonly Resource[] };
  const stored = resources.filter(({ name, namespaced, verbs }) => {
    return namespaced && !name.includes('/') && verbs.includes('list') && verbs.includes('delete');
  });
  return stored.map(({ kind, name }) => ({ apiVersion: version, kind, path: (namespace) => `${root}/namespaces/${namespace}/${name}` }));
}

/** API group of an object; empty for the core group. */
export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** True if a kind was removed between two requests. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Status and reason of an error response; any other error is rethrown. */
export function apiReason(error: unknown): string {
  if (error instanceof ApiError) return error.brief;
  throw error;
}

/** Names under which Calico's API server shows Kubernetes policies. */
const shadow = /^(?:knp\.default|kanp\.adminnetworkpolicy|kbanp\.baselineadminnetworkpolicy)\./;

/** True if a Calico policy only mirrors a Kubernetes policy. */
export function isCalicoShadow(name: string): boolean {
  return shadow.test(name);
}
