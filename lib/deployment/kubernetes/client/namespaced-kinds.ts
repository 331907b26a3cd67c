import type { Connection } from './connection';
import { ApiError } from './connection';
import { inBatches } from './requests';

/** A kind of object that stands in namespaces and goes with them. */
export interface NamespacedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Path of those of one namespace. */
  readonly path: (namespace: string) => string;
}

/** Something of which nobody says what there is of it, and why. */
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

/** What a cluster may hold in its namespaces, whoever defined it; a group whose server is away is unread by itself. */
export async function namespacedKinds(connection: Connection): Promise<{ kinds: NamespacedKind[]; unlisted: Unlisted[] }> {
  const { groups } = (await connection.ask('GET', 'apis')) as { groups: readonly Group[] };
  // A group may serve some of its kinds in one version only, and others in another: the preferred one comes first.
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

/** Kinds that cannot be deleted are shown by some server, and stored nowhere. */
async function kindsOf(version: string, connection: Connection): Promise<NamespacedKind[]> {
  const root = version.includes('/') ? `apis/${version}` : `api/${version}`;
  const { resources } = (await connection.ask('GET', root)) as { resources: readonly Resource[] };
  const stored = resources.filter(({ name, namespaced, verbs }) => {
    return namespaced && !name.includes('/') && verbs.includes('list') && verbs.includes('delete');
  });
  return stored.map(({ kind, name }) => ({ apiVersion: version, kind, path: (namespace) => `${root}/namespaces/${namespace}/${name}` }));
}

/** The group of an object; that of the core is empty. */
export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Whether a kind went away between two requests. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** What the API server said; what is no answer of it is thrown on. */
export function apiReason(error: unknown): string {
  if (error instanceof ApiError) return error.brief;
  throw error;
}

/** Calico shows the policies of Kubernetes itself as its own, by these names. */
const shadow = /^(?:knp\.default|kanp\.adminnetworkpolicy|kbanp\.baselineadminnetworkpolicy)\./;

/** Whether a policy of Calico is one of Kubernetes, shown once more. */
export function isCalicoShadow(name: string): boolean {
  return shadow.test(name);
}
