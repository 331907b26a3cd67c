import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { identitySchema, type ProcessIdentity, processIdentity, stateOf } from '../../../process/process-identity';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { Objects } from '../client/objects';

/** The one Lease of a cluster that a deployment holds. */
const key = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'diptych-deployment', namespace: 'kube-system' } };

/** Seconds after which a Lease whose holder no longer renews it is anybody's. */
export const leaseSeconds = 60;

/** Annotation that says which process holds it, so that on the same machine a dead one is known at once. */
const holderAnnotation = 'diptych/holder';

/** A Lease as it was read. */
export interface LiveLease {
  readonly object: KubernetesObject;
  /** Empty where nobody holds it. */
  readonly holder: string;
  /** When it was last renewed, by the clock of its holder. */
  readonly renewed: string;
  /** Seconds for which it is held without being renewed. */
  readonly seconds: number;
  /** The process that holds it is known to be gone. */
  readonly isAbandoned: boolean;
}

/** The Lease of a cluster, as one process reads and writes it. */
export class LeaseObject {
  /** Two processes of equal names, such as those of two containers, are two holders. */
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
   * Makes us the holder.
   *
   * @throws {ApiError} 409 where somebody has written since it was read
   */
  async write(before: LiveLease | undefined): Promise<LiveLease> {
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    const spec = { holderIdentity: this.self, leaseDurationSeconds: this.seconds, renewTime };
    const annotations = { [holderAnnotation]: JSON.stringify(processIdentity(process.pid)) };
    const resourceVersion = before?.object.metadata.resourceVersion;
    const lease = { ...key, metadata: { ...key.metadata, annotations, ...(before && { resourceVersion }) }, spec };
    return live(await (before ? this.objects.replace(lease) : this.objects.create(lease)));
  }

  /** Gives it back where it is ours. */
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

/** Machines can have one name, and numbers of their first namespaces are the same everywhere: only the boot tells that it is this one. */
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
