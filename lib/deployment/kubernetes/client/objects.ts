import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { ApiError, type Connection } from './connection';

/** Name under which Diptych owns fields of objects. */
export const fieldManager = 'diptych';

/** What identifies an object. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object as the API server answers it. */
export type LiveObject = KubernetesObject;

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

/** `kind namespace/name`, as people say it. */
export function nameOf({ kind, metadata }: ObjectKey): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The objects of one cluster, whatever their kinds. */
export class Objects {
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(readonly connection: Connection) {}

  /** The object as it is, or nothing where there is none, nor such a kind. */
  async read(key: ObjectKey): Promise<LiveObject | undefined> {
    const path = await this.path(key);
    if (path === undefined) return undefined;
    return (await this.connection.ask('GET', path).catch(noneAsNothing)) as LiveObject | undefined;
  }

  /** All objects of a kind, of one namespace or of all; none where there is no such kind. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<LiveObject[]> {
    const path = await this.path({ apiVersion, kind, metadata: { name: '', namespace } });
    if (path === undefined) return [];
    const { items } = (await this.connection.ask('GET', path)) as { items: LiveObject[] };
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Makes an object have the fields that are stated, and gives up those that we stated before and no more. */
  async apply(object: KubernetesObject, { dryRun = false } = {}): Promise<LiveObject> {
    const query = `?fieldManager=${fieldManager}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return (await this.change('PATCH', object, query, object, 'application/apply-patch+yaml')) as LiveObject;
  }

  /** @throws {ApiError} 409 where there is one of that name */
  async create(object: KubernetesObject): Promise<LiveObject> {
    const { metadata } = object;
    const path = await this.path({ ...object, metadata: { name: '', namespace: metadata.namespace } });
    if (path === undefined) throw missingKind(object);
    return (await this.connection.ask('POST', path, { body: object })) as LiveObject;
  }

  /** Merges some fields into an object that is there; null takes one away. */
  async merge(key: ObjectKey, fields: object): Promise<LiveObject> {
    return (await this.change('PATCH', key, `?fieldManager=${fieldManager}`, fields, 'application/merge-patch+json')) as LiveObject;
  }

  /** Puts an object in the place of the version that was read. */
  async replace(object: KubernetesObject): Promise<LiveObject> {
    return (await this.change('PUT', object, '', object)) as LiveObject;
  }

  /** Deletes an object together with what it owns; one that is gone already is no failure. */
  async delete(key: ObjectKey, resourceVersion?: string): Promise<void> {
    const body = { propagationPolicy: 'Background', ...(resourceVersion !== undefined && { preconditions: { resourceVersion } }) };
    await this.change('DELETE', key, '', body).catch(noneAsNothing);
  }

  private async change(method: string, key: ObjectKey, query: string, body: unknown, contentType?: string): Promise<unknown> {
    const path = await this.path(key);
    if (path === undefined) throw missingKind(key);
    return this.connection.ask(method, `${path}${query}`, { body, contentType });
  }

  private async path({ apiVersion, kind, metadata: { name, namespace } }: ObjectKey): Promise<string | undefined> {
    const group = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
    const resource = await this.resource(group, kind);
    if (!resource) return undefined;
    const parts = [group, ...(resource.namespaced && namespace !== undefined ? ['namespaces', namespace] : []), resource.name, name];
    return parts
      .filter((part) => part !== '')
      .map(encodeURI)
      .join('/');
  }

  /** A kind that is not known may have been defined a moment ago, so that the server is asked again. */
  private async resource(group: string, kind: string): Promise<Resource | undefined> {
    const known = (await this.resources.get(group))?.find((resource) => resource.kind === kind);
    if (known) return known;
    const asked = this.resourcesOf(group);
    this.resources.set(group, asked);
    return (await asked).find((resource) => resource.kind === kind);
  }

  private async resourcesOf(group: string): Promise<readonly Resource[]> {
    const found = (await this.connection.ask('GET', group).catch(noneAsNothing)) as { resources: Resource[] } | undefined;
    return (found?.resources ?? []).filter(({ name }) => !name.includes('/'));
  }
}

function noneAsNothing(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return undefined;
  throw error;
}

function missingKind(key: ObjectKey): ApiError {
  return new ApiError(404, 'NotFound', `the cluster has no kind ${key.apiVersion} ${key.kind}`);
}
