import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { ApiError } from './api-error';
import type { Connection } from './connection';

/** Field manager of server-side apply. */
export const fieldManager = 'diptych';

/** Identifies an object. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object as returned by the API server. */
export type LiveObject = KubernetesObject;

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

/** `kind namespace/name`, for messages. */
export function nameOf({ kind, metadata }: ObjectKey): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** Reads and writes objects of any kind in one cluster. */
export class Objects {
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(readonly connection: Connection) {}

  /** Returns a client for requests that must be sent even if the command is cancelled. */
  uncancelled(): Objects {
    return new Objects(this.connection.uncancelled());
  }

  /** Reads an object; undefined if the object or its kind does not exist. */
  async read(key: ObjectKey): Promise<LiveObject | undefined> {
    const path = await this.path(key);
    if (path === undefined) return undefined;
    return (await this.connection.ask('GET', path).catch(noneAsNothing)) as LiveObject | undefined;
  }

  /** Lists the objects of a kind in one namespace or in all; empty if the kind does not exist. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<LiveObject[]> {
    const path = await this.path({ apiVersion, kind, metadata: { name: '', namespace } });
    if (path === undefined) return [];
    const { items } = (await this.connection.ask('GET', path)) as { items: LiveObject[] };
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Applies an object with server-side apply: sets the stated fields and drops fields that an earlier apply stated. */
  async apply(object: KubernetesObject, { dryRun = false } = {}): Promise<LiveObject> {
    const query = `?fieldManager=${fieldManager}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return (await this.change('PATCH', object, query, object, 'application/apply-patch+yaml')) as LiveObject;
  }

  /**
   * Creates an object.
   *
   * @throws {ApiError} 409 if it exists
   */
  async create(object: KubernetesObject): Promise<LiveObject> {
    const { metadata } = object;
    const path = await this.path({ ...object, metadata: { name: '', namespace: metadata.namespace } });
    if (path === undefined) throw missingKind(object);
    return (await this.connection.ask('POST', path, { body: object })) as LiveObject;
  }

  /** Applies a merge patch to an existing object; null removes a field. */
  async merge(key: ObjectKey, fields: object): Promise<LiveObject> {
    return (await this.change('PATCH', key, `?fieldManager=${fieldManager}`, fields, 'application/merge-patch+json')) as LiveObject;
  }

  /** Replaces an object if its `resourceVersion` is still the one that was read. */
  async replace(object: KubernetesObject): Promise<LiveObject> {
    return (await this.change('PUT', object, '', object)) as LiveObject;
  }

  /** Deletes an object and, in the background, its dependents; succeeds if the object does not exist. */
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

  /** The API resources are read again for an unknown kind, because its definition may have just been applied. */
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
