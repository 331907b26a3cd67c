import { hostname } from 'node:os';
import { problem } from '../../core/problem';
import type { KubernetesObject } from '../../readback/kubernetes-object';
import { isRunning, type ProcessIdentity, processIdentity } from '../process-identity';
import { Refusal } from '../refusal';
import { ApiRefusal } from './connection';
import type { Objects } from './objects';

/** Seconds after which a Lease whose holder no longer renews it is anybody's. */
const leaseSeconds = 60;

/** The one Lease of a cluster that a deployment holds. */
const key = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'diptych-deployment', namespace: 'kube-system' } };

/** Annotation that says which process holds it, so that on the same machine a dead one is known at once. */
const holderAnnotation = 'diptych/holder';

/** A lock on a cluster that ends by itself where its holder is gone. */
export interface ClusterLease {
  /** Who held it before and is gone. */
  readonly takenFrom?: string;
  release(): Promise<void>;
}

/**
 * Takes the Lease of a cluster and renews it until it is released.
 *
 * @param lost - is told where it can be renewed no more, since somebody else may then go on
 * @throws {Refusal} DEP005 where another deployment holds it
 */
export async function takeLease(objects: Objects, site: string, lost: (error: Error) => void): Promise<ClusterLease> {
  const held = await objects.read(key);
  const holder = held && !isStale(held) ? String(specOf(held).holderIdentity) : undefined;
  if (holder !== undefined) throw inUse(site, holder);
  let current = await write(objects, held).catch((error: unknown) => {
    if (error instanceof ApiRefusal && error.status === 409) throw inUse(site, 'one that came first');
    throw error;
  });
  const renewal = setInterval(
    async () => {
      try {
        current = await write(objects, current);
      } catch (error) {
        clearInterval(renewal);
        lost(error as Error);
      }
    },
    (leaseSeconds * 1000) / 4,
  );
  const release = async () => {
    clearInterval(renewal);
    await objects.delete(key, current.metadata.resourceVersion as string).catch(() => undefined);
  };
  return { release, ...(held && { takenFrom: String(specOf(held).holderIdentity) }) };
}

function write(objects: Objects, before: KubernetesObject | undefined): Promise<KubernetesObject> {
  const now = new Date().toISOString().replace('Z', '000Z');
  const spec = { holderIdentity: `${hostname()}:${process.pid}`, leaseDurationSeconds: leaseSeconds, renewTime: now };
  const annotations = { [holderAnnotation]: JSON.stringify(processIdentity(process.pid)) };
  const resourceVersion = before?.metadata.resourceVersion;
  const lease = { ...key, metadata: { ...key.metadata, annotations, ...(resourceVersion !== undefined && { resourceVersion }) }, spec };
  return before ? objects.replace(lease) : objects.create(lease);
}

function isStale(lease: KubernetesObject): boolean {
  const { renewTime, leaseDurationSeconds = leaseSeconds } = specOf(lease);
  const holder = holderOf(lease);
  if (holder?.host === hostname() && !isRunning(holder)) return true;
  return Date.now() > Date.parse(String(renewTime)) + Number(leaseDurationSeconds) * 1000;
}

function holderOf({ metadata }: KubernetesObject): ProcessIdentity | undefined {
  try {
    return JSON.parse(metadata.annotations?.[holderAnnotation] ?? '') as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function specOf(lease: KubernetesObject): Readonly<Record<string, unknown>> {
  return (lease.spec ?? {}) as Readonly<Record<string, unknown>>;
}

function inUse(site: string, holder: string): Refusal {
  const fix = `Wait until it has ended; where it has died, ${leaseSeconds} s pass until its Lease is anybody's.`;
  const statement = { cannot: 'deploy', as: 'one deployment runs in a cluster at a time', value: holder, fix };
  return new Refusal('refused', [problem('DEP005', `sites/${site}`, statement)]);
}
