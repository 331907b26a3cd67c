import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { applicationProtocols } from '../../lib/tls/haproxy/bind';
import { endpointFiles, endpointFolder } from '../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { KeyPair } from './certificates';
import { alerts } from './profile-expectations';
import { unlistedName } from './rig';
import { tell } from './runtime-socket';
import {
  expectationsAt,
  expectOutcome,
  isMutual,
  openTwin,
  profileOf,
  refused,
  refusedWith,
  resume,
  served,
  type TierCheck,
} from './tier-check';

/** Checks of an endpoint by its clients. */
export const clientChecks: readonly TierCheck[] = [
  {
    name: 'serves all of its server names and negotiates its ALPN protocols only',
    async run(subject, endpoint) {
      for (const name of endpoint.serverNames) served(await subject.connect(endpoint, { serverName: name.replace('*', 'any') }), name);
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
    name: 'accepts and refuses what its profile says',
    async run(subject, endpoint) {
      for (const expected of expectationsAt(subject, endpoint)) await expectOutcome(subject, endpoint, expected);
    },
  },
  {
    name: 'refuses unknown server names in the handshake, and names that only its certificate has after it',
    async run(subject, endpoint) {
      refused(await subject.connect(endpoint, { serverName: 'other.example.net' }), 'an unknown name', alerts.unrecognizedName);
      refused(await subject.connect(endpoint, { serverName: undefined }), 'no name', alerts.unrecognizedName);
      const unlisted = await subject.connect(endpoint, { serverName: unlistedName });
      refused(unlisted, 'a name of the certificate alone');
      assert.ok(unlisted.version, 'the certificate was not served for its own name');
    },
  },
  {
    name: 'resumes sessions on another instance for the lifetime of its profile, or never without tickets',
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
    name: 'refuses client certificates that are revoked or of another authority',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      const connectAs = (identity: KeyPair) => () => subject.connect(endpoint, { identity });
      await refusedWith(alerts.certificateRevoked, 'revoked', connectAs(subject.rig.revoked));
      const stranger = await subject.rig.server.issue({ name: 'stranger', algorithm: endpoint.keyAlgorithms[0] });
      await refusedWith(alerts.unknownAuthority, 'of another authority', connectAs(stranger));
    },
  },
  {
    name: 'accepts client signatures of its profile only, even if it signs with others',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      const configuration = subject.configuration.replaceAll(/ sigalgs (\S+)/g, ' sigalgs $1:ecdsa_secp521r1_sha512');
      const identity = await subject.identity('ecdsa-p521');
      refused(await subject.connect(endpoint, { identity }, subject.instance('widened', { configuration })), 'an excluded signature');
    },
  },
  {
    name: 'serves no client without a certificate, even if the handshake would accept it',
    async run(subject, endpoint) {
      if (!isMutual(endpoint)) return;
      const configuration = subject.configuration.replaceAll(/^( {4}bind .*) verify required/gm, '$1 verify optional');
      refused(await subject.connect(endpoint, { identity: undefined }, subject.instance('optional', { configuration })), 'no certificate');
    },
  },
  {
    name: 'resumes no session of another endpoint, and serves none even if both share ticket keys',
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
    name: 'uses validated cryptographic modules only, if its profile says so',
    async run(subject, endpoint) {
      if (!profileOf(subject).fipsProvider) return;
      const { socket } = await subject.instance();
      // The default provider may be loaded too; `ssl-propquery` prevents its use.
      const loaded = (await tell(socket, 'show ssl providers')).match(/(?<=- )\w+/g) as string[] | null;
      for (const provider of ['base', 'fips']) assert.ok(loaded?.includes(provider), `${provider} is not loaded`);
      const configuration = subject.configuration.replaceAll(/ curves \S+/g, ' curves X25519');
      const started = subject.instance('unvalidated', { configuration });
      // HAProxy may refuse to start with a group that its provider does not have.
      const connection = await started
        .then(() => subject.connect(endpoint, { options: ['-groups', 'X25519'] }, started))
        .catch(() => undefined);
      assert.ok(!connection?.served, 'a group that is not validated was negotiated');
    },
  },
];
