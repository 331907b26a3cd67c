import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { identitySchema, type ProcessIdentity, processIdentity, stateOf } from '../../../process/process-identity';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { Objects } from '../client/objects';

/** Key of the Lease that serializes deployments to a cluster. */
const key = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'diptych-deployment', namespace: 'kube-system' } };

/** Seconds without a renewal after which a Lease expires. */
export const leaseSeconds = 60;

/** Annotation with the identity of the holding process, by which a dead holder on the same machine is recognized at once. */
const holderAnnotation = 'diptych/holder';

/** A Lease as it was read. */
export interface LiveLease {
  readonly object: KubernetesObject;
  /** Holder; empty if the Lease is free. */
  readonly holder: string;
  /** Time of the last renewal, on the clock of the holder. */
  readonly renewed: string;
  /** Duration in seconds. */
  readonly seconds: number;
  /** True if the holding process is known to have ended. */
  readonly isAbandoned: boolean;
}

/** Reads and writes the Lease of a cluster on behalf of this process. */
export class LeaseObject {
  /** Includes a random part, because processes in two containers can have the same host name and pid. */
  private readonly self = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

  constructor(
    private readonly objects: Objects,
    private readonly seconds: number,
  ) {}

  async read(): Promise<LiveLease | undefined> {
    const found = await this.objects.read(key);
    return found && live(found);
  }

  isOurs({ holder }: LiveLease): boolean {
    return holder === this.self;
  }

  /**
   * Makes this process the holder.
   *
   * @throws {ApiError} 409 if the Lease was written since it was read
   */
  async write(before: LiveLease | undefined): Promise<LiveLease> {
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    const spec = { holderIdentity: this.self, leaseDurationSeconds: this.seconds, renewTime };
    const annotations = { [holderAnnotation]: JSON.stringify(processIdentity(process.pid)) };
    const resourceVersion = before?.object.metadata.resourceVersion;
    const lease = { ...key, metadata: { ...key.metadata, annotations, ...(before && { resourceVersion }) }, spec };
    return live(await (before ? this.objects.replace(lease) : this.objects.create(lease)));
  }

  /** Deletes the Lease if this process holds it. */
  async delete(): Promise<void> {
    const found = await this.read();
    if (found && this.isOurs(found)) await this.objects.delete(key, found.object.metadata.resourceVersion as string);
  }
}

function live(object: KubernetesObject): LiveLease {
  const {
    holderIdentity = '',
    renewTime = '',
    leaseDurationSeconds = leaseSeconds,
  } = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  const process = processOf(object);
  return {
    object,
    holder: String(holderIdentity),
    renewed: String(renewTime),
    seconds: Number(leaseDurationSeconds),
    isAbandoned: process !== undefined && isAbandoned(process),
  };
}

/** Only the boot id proves that the holder ran on this machine: host names and the ids of initial PID namespaces are not unique. */
function isAbandoned(holder: ProcessIdentity): boolean {
  const { bootId } = processIdentity(process.pid);
  return bootId !== undefined && holder.bootId === bootId && holder.pidNamespace !== undefined && stateOf(holder) === 'gone';
}

function processOf({ metadata }: KubernetesObject): ProcessIdentity | undefined {
  try {
    return identitySchema.safeParse(JSON.parse(metadata.annotations?.[holderAnnotation] ?? '')).data;
  } catch {
    return undefined;
  }
}
