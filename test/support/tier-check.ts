import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { Connection } from './client';
import { type Expectation, expectationsOf, firstKey } from './profile-expectations';
import type { Subject } from './subject';

/** A check of an endpoint of a running tier, made from outside. */
export interface TierCheck {
  /** Test name, which continues "an endpoint of a running tier". */
  readonly name: string;
  run(subject: Subject, endpoint: EndpointPlan): Promise<void>;
}

export const isMutual = ({ clientAuthentication }: EndpointPlan) => clientAuthentication === 'required';
export const isEncrypted = ({ backend }: EndpointPlan) => backend.serverName !== undefined;
export const profileOf = (subject: Subject) => subject.rig.planned.tier.profile;

/** Asserts that a connection was served with a verified certificate. */
export function served(connection: Connection, what: string): void {
  assert.ok(connection.served, `${what}: not served\n${connection.transcript}`);
  assert.ok(connection.verified, `${what}: the server's certificate was not verified`);
}

/** Asserts that a connection was refused, with an alert if one is given. */
export function refused(connection: Connection, what: string, alert?: number): void {
  assert.ok(!connection.served, `${what}: served`);
  if (alert !== undefined) assert.equal(connection.alert, alert, `${what}: alert\n${connection.transcript.slice(-900)}`);
}

/** Connections that may end in a reset before one shows its alert. */
const attempts = 10;

/**
 * Asserts that connections are refused with an alert.
 *
 * A server that rejects a client certificate closes the connection with data of the client unread. The kernel then sends a reset, which can
 * discard the alert before the client reads it. Such a connection says nothing about the reason, so another one is made.
 */
export async function refusedWith(alert: number, what: string, connect: () => Promise<Connection>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const connection = await connect();
    const isReset = connection.alert === undefined && /errno=(?:32|104)|Broken pipe|Connection reset by peer/.test(connection.transcript);
    if (!isReset || attempt === attempts) return refused(connection, what, alert);
    refused(connection, what);
  }
}

/** Makes a connection attempt and asserts its expected outcome. */
export async function expectOutcome(subject: Subject, endpoint: EndpointPlan, expected: Expectation): Promise<void> {
  const { clientKey = firstKey(profileOf(subject)), options, alert, negotiated = {} } = expected;
  const identity = clientKey === null || !isMutual(endpoint) ? undefined : await subject.identity(clientKey);
  if (alert !== undefined) return refusedWith(alert, expected.name, () => subject.connect(endpoint, { identity, options }));
  const connection = await subject.connect(endpoint, { identity, options });
  served(connection, expected.name);
  for (const [property, value] of Object.entries(negotiated)) assert.equal(connection[property as keyof Connection], value, expected.name);
}

/** Expectations of the profile that an endpoint can be tested for. */
export function expectationsAt(subject: Subject, endpoint: EndpointPlan): Expectation[] {
  return expectationsOf(profileOf(subject)).filter(
    ({ aboutClient, serverKey = firstKey(profileOf(subject)) }) =>
      (isMutual(endpoint) || !aboutClient) && endpoint.keyAlgorithms.some((algorithm) => algorithm === serverKey),
  );
}

/** Opens a session at one endpoint and tries to resume it at another, or at another instance. */
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
  // A client without a ticket has saved no session.
  const saved = existsSync(session) ? { resume: session } : {};
  return subject.connect(to, { ...saved, options, ...(isMutual(from) ? {} : { identity: undefined }) }, subject.instance(instance));
}

/** Finds another endpoint with the same server name that requires no client certificate. */
export function openTwin({ rig }: Subject, endpoint: EndpointPlan): EndpointPlan | undefined {
  return rig.endpoints.find((other) => !isMutual(other) && other !== endpoint && other.serverNames.includes(endpoint.serverNames[0] ?? ''));
}
