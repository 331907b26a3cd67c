import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { applicationProtocols } from '../../lib/tls/haproxy/bind';
import { endpointFiles, endpointFolder } from '../../lib/tls/haproxy/paths';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { Connection } from './client';
import { alerts, firstKey, type Promised, promises } from './promises';
import { unlistedName } from './rig';
import { tell } from './runtime-socket';
import type { Subject } from './subject';

/** What has to hold of an endpoint of a running tier, seen from outside. */
export interface TierCheck {
  /** A sentence about the endpoint. */
  readonly name: string;
  run(subject: Subject, endpoint: EndpointPlan): Promise<void>;
}

const isMutual = ({ clientAuthentication }: EndpointPlan) => clientAuthentication === 'required';
const isEncrypted = ({ backend }: EndpointPlan) => backend.serverName !== undefined;
const profileOf = (subject: Subject) => subject.rig.planned.tier.profile;

function served(connection: Connection, what: string): void {
  assert.ok(connection.served, `${what}: not served\n${connection.transcript}`);
  assert.ok(connection.verified, `${what}: the server's certificate was not verified`);
}

function refused(connection: Connection, what: string, alert?: number): void {
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

async function resume(
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
function openTwin({ rig }: Subject, endpoint: EndpointPlan): EndpointPlan | undefined {
  return rig.endpoints.find((other) => !isMutual(other) && other !== endpoint && other.serverNames.includes(endpoint.serverNames[0] ?? ''));
}

export const tierChecks: readonly TierCheck[] = [
  {
    name: 'serves every name of it and speaks the protocols that it offers and no other',
    async run(subject, endpoint) {
      for (const serverName of endpoint.serverNames) served(await subject.connect(endpoint, { serverName }), serverName);
      for (const protocol of ['h2', 'http/1.1']) {
        const options = ['-alpn', protocol, '-groups', profileOf(subject).groups.join(':')];
        const { applicationProtocol } = await subject.connect(endpoint, { options });
        assert.equal(
          applicationProtocol,
          applicationProtocols[endpoint.protocol].find((offered) => offered === protocol),
          protocol,
        );
      }
    },
  },
  {
    name: 'keeps every promise of its profile',
    async run(subject, endpoint) {
      for (const promised of promisesAt(subject, endpoint)) await keep(subject, endpoint, promised);
    },
  },
  {
    name: 'refuses any other name in the handshake, and one that only its certificate has after it',
    async run(subject, endpoint) {
      refused(await subject.connect(endpoint, { serverName: 'other.example.net' }), 'an unknown name', alerts.unrecognizedName);
      refused(await subject.connect(endpoint, { serverName: undefined }), 'no name', alerts.unrecognizedName);
      const unlisted = await subject.connect(endpoint, { serverName: unlistedName });
      refused(unlisted, 'a name of the certificate alone');
      assert.ok(unlisted.version, 'the certificate was not served for its own name');
    },
  },
  {
    name: 'resumes sessions on another instance, for as long as its profile says, or never',
    async run(subject, endpoint) {
      const { resumption, versions, groups } = profileOf(subject);
      for (const version of versions) {
        const options = [version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3', '-groups', groups.join(':')];
        const connection = await resume(subject, endpoint, endpoint, options, resumption.tickets ? 'another' : 'main');
        served(connection, version);
        assert.equal(connection.resumed, resumption.tickets, `${version}: resumed`);
        const { ticketLifetimeSeconds } = await subject.connect(endpoint, { options });
        if (resumption.tickets) assert.equal(ticketLifetimeSeconds, resumption.lifetimeSeconds);
      }
    },
  },
  {
    name: 'refuses a client that is revoked or of another authority',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      refused(await subject.connect(endpoint, { identity: subject.rig.revoked }), 'revoked', alerts.certificateRevoked);
      const stranger = await subject.rig.server.issue({ name: 'stranger', algorithm: endpoint.keyAlgorithms[0] });
      refused(await subject.connect(endpoint, { identity: stranger }), 'of another authority', alerts.unknownAuthority);
    },
  },
  {
    name: 'holds the signatures of clients to its profile, whatever it signs with itself',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      const configuration = subject.configuration.replaceAll(/ sigalgs (\S+)/g, ' sigalgs $1:ecdsa_secp521r1_sha512');
      const identity = await subject.identity('ecdsa-p521');
      refused(await subject.connect(endpoint, { identity }, subject.instance('widened', { configuration })), 'an excluded signature');
    },
  },
  {
    name: 'serves no client without a certificate, even where the handshake would let it pass',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      const configuration = subject.configuration.replaceAll(/^( {4}bind .*) verify required/gm, '$1 verify optional');
      refused(await subject.connect(endpoint, { identity: undefined }, subject.instance('optional', { configuration })), 'no certificate');
    },
  },
  {
    name: 'resumes no session of another endpoint, and serves none even where their ticket keys are one',
    async run(subject, endpoint) {
      const twin = openTwin(subject, endpoint);
      if (!isMutual(endpoint) || !twin) return;
      const options = ['-groups', profileOf(subject).groups.join(':')];
      const connection = await resume(subject, twin, endpoint, options);
      assert.ok(!connection.resumed && !connection.served, 'a session of another endpoint was resumed');
      const keys = ({ id }: EndpointPlan) => `${endpointFolder(id)}/${endpointFiles.ticketKeys}`;
      const configuration = subject.configuration.replace(keys(twin), keys(endpoint));
      const shared = subject.instance('shared', { configuration });
      const session = subject.file(`${randomUUID()}.session`);
      const serverName = endpoint.serverNames[0];
      served(await subject.connect(twin, { saveSession: session, serverName, options }, shared), 'the session to misuse');
      refused(await subject.connect(endpoint, { resume: session, identity: undefined, options }, shared), 'without a certificate');
    },
  },
  {
    name: 'talks to its servers by the same profile, under their name',
    async run(subject, endpoint) {
      if (!isEncrypted(endpoint)) return;
      const { versions, cipherSuites, legacyCipherSuites, groups } = profileOf(subject);
      const { answer } = await subject.connect(endpoint);
      const said = Object.fromEntries(answer.split(';').map((part) => part.split('=')));
      assert.equal(said.sni, endpoint.backend.serverName);
      assert.equal(said.version, versions.toSorted().at(-1));
      assert.ok(
        [...cipherSuites, ...legacyCipherSuites].some((suite) => suite === said.cipherSuite),
        said.cipherSuite,
      );
      assert.ok(
        groups.some((group) => groupAtServer(group) === said.group),
        said.group,
      );
      assert.equal(said.http, applicationProtocols[endpoint.protocol].includes('h2') ? '2.0' : '1.1');
    },
  },
  {
    name: 'hands nothing to a server of another authority, of another name or of an excluded version',
    async run(subject, endpoint) {
      if (!isEncrypted(endpoint)) return;
      // The name to prove stands by itself, also where none is sent. Health checks send one: without them they would notice first.
      const nameless = subject.configuration.replaceAll(/ (?:sni str\(\S+\)|check-sni \S+|check)(?= )/g, '');
      const impostors = [
        ['of another authority', subject.instance('untrusted', { servers: 'untrusted' })],
        ['of another name', subject.instance('misnamed', { servers: 'misnamed' })],
        ['of another name, where none is sent', subject.instance('nameless', { servers: 'misnamed', configuration: nameless })],
        ['that signs as no profile has it', subject.instance('unapproved', { servers: 'unapproved' })],
        ...(profileOf(subject).versions.includes('TLSv1.2')
          ? []
          : [['outdated', subject.instance('outdated', { servers: 'outdated' })] as const]),
      ] as const;
      const attempts = impostors.map(async ([what, instance]) => {
        // HAProxy tries again before it gives up on a server: a genuine one has answered long before.
        refused(await subject.connect(endpoint, { timeoutMilliseconds: 3_000 }, instance), `a server ${what}`);
      });
      await Promise.all(attempts);
    },
  },
  {
    name: 'computes with validated modules only, where its profile says so',
    async run(subject, endpoint) {
      if (!profileOf(subject).fipsProvider) return;
      const { socket } = await subject.instance();
      // The default provider may be there as well: `ssl-propquery` keeps it from being used.
      const loaded = (await tell(socket, 'show ssl providers')).match(/(?<=- )\w+/g) ?? [];
      for (const provider of ['base', 'fips']) assert.ok(loaded.includes(provider), `${provider} is not loaded`);
      const configuration = subject.configuration.replaceAll(/ curves \S+/g, ' curves X25519');
      const started = subject.instance('unvalidated', { configuration });
      // HAProxy may refuse to start with a group that its provider has not got.
      const connection = await started
        .then(() => subject.connect(endpoint, { options: ['-groups', 'X25519'] }, started))
        .catch(() => undefined);
      assert.ok(!connection?.served, 'a group that is not validated was negotiated');
    },
  },
  {
    name: 'reaches its servers by health checks',
    async run(subject, endpoint) {
      // Traffic would leave a session behind that a health check can resume by.
      const { socket } = await subject.instance('without traffic');
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const states = (await tell(socket, 'show stat')).split('\n').filter((row) => row.startsWith(`${endpoint.id},`));
        const results = states.map((row) => row.split(',')[36] ?? '').filter((result) => /^L\d/.test(result));
        if (results.length > 0) return assert.match(results[0] ?? '', /^L\dOK/);
        await delay(30);
      }
      assert.fail('no health check was made');
    },
  },
];

/** How HAProxy calls a group. */
function groupAtServer(group: string): string {
  return { 'P-256': 'P-256', 'P-384': 'SECP384R1', 'P-521': 'SECP521R1' }[group] ?? group;
}
