import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { Connection } from './client';
import { firstKey, type Promised, promises } from './promises';
import type { Subject } from './subject';

/** What has to hold of an endpoint of a running tier, seen from outside. */
export interface TierCheck {
  /** A sentence about the endpoint. */
  readonly name: string;
  run(subject: Subject, endpoint: EndpointPlan): Promise<void>;
}

export const isMutual = ({ clientAuthentication }: EndpointPlan) => clientAuthentication === 'required';
export const isEncrypted = ({ backend }: EndpointPlan) => backend.serverName !== undefined;
export const profileOf = (subject: Subject) => subject.rig.planned.tier.profile;

export function served(connection: Connection, what: string): void {
  assert.ok(connection.served, `${what}: not served\n${connection.transcript}`);
  assert.ok(connection.verified, `${what}: the server's certificate was not verified`);
}

export function refused(connection: Connection, what: string, alert?: number): void {
  assert.ok(!connection.served, `${what}: served`);
  if (alert !== undefined) assert.equal(connection.alert, alert, `${what}: alert`);
}

/** Tries one promise of a profile. */
export async function keep(subject: Subject, endpoint: EndpointPlan, promised: Promised): Promise<void> {
  const { clientKey = firstKey(profileOf(subject)), options, alert, negotiated = {} } = promised;
  const identity = clientKey === null || !isMutual(endpoint) ? undefined : await subject.identity(clientKey);
  const connection = await subject.connect(endpoint, { identity, options });
  if (alert !== undefined) return refused(connection, promised.name, alert);
  served(connection, promised.name);
  for (const [property, value] of Object.entries(negotiated)) assert.equal(connection[property as keyof Connection], value, promised.name);
}

/** The promises of the subject's profile that can be tried at an endpoint. */
export function promisesAt(subject: Subject, endpoint: EndpointPlan): Promised[] {
  return promises(profileOf(subject)).filter(
    ({ aboutClient, serverKey = firstKey(profileOf(subject)) }) =>
      (isMutual(endpoint) || !aboutClient) && endpoint.keyAlgorithms.some((algorithm) => algorithm === serverKey),
  );
}

export async function resume(
  subject: Subject,
  from: EndpointPlan,
  to: EndpointPlan,
  options: readonly string[],
  instance = 'main',
): Promise<Connection> {
  const session = subject.file(`${randomUUID()}.session`);
  const serverName = to.serverNames[0];
  served(await subject.connect(from, { saveSession: session, serverName, options }), 'the session to resume');
  // A client that was given nothing to resume by has saved nothing.
  const saved = existsSync(session) ? { resume: session } : {};
  return subject.connect(to, { ...saved, options, ...(isMutual(from) ? {} : { identity: undefined }) }, subject.instance(instance));
}

/** Another endpoint with one name in common that asks for no certificate, if there is one. */
export function openTwin({ rig }: Subject, endpoint: EndpointPlan): EndpointPlan | undefined {
  return rig.endpoints.find((other) => !isMutual(other) && other !== endpoint && other.serverNames.includes(endpoint.serverNames[0] ?? ''));
}
