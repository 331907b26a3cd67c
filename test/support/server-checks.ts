import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { applicationProtocols } from '../../lib/tls/haproxy/bind';
import { clientChecks } from './client-checks';
import { tell } from './runtime-socket';
import { isEncrypted, profileOf, refused, type TierCheck } from './tier-check';

/** HAProxy's names of groups, if they differ from the plan's. */
const groupsAtServer: Readonly<Record<string, string>> = { 'P-384': 'SECP384R1', 'P-521': 'SECP521R1' };

/** Checks of an endpoint by the servers behind it. */
const serverChecks: readonly TierCheck[] = [
  {
    name: 'connects to its servers with the same profile and their server name',
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
        groups.some((group) => (groupsAtServer[group] ?? group) === said.group),
        said.group,
      );
      assert.equal(said.http, applicationProtocols[endpoint.protocol].some((protocol) => protocol === 'h2') ? '2.0' : '1.1');
    },
  },
  {
    name: 'sends nothing to a server of another authority, of another name or of an excluded version',
    async run(subject, endpoint) {
      if (!isEncrypted(endpoint)) return;
      // The certificate name is verified even if no SNI is sent. Health checks send SNI and would notice first, so they are removed.
      const nameless = subject.configuration.replaceAll(/ (?:sni str\(\S+\)|check-sni \S+|check)(?= )/g, '');
      const faultyServers = [
        ['of another authority', subject.instance('untrusted', { servers: 'untrusted' })],
        ['of another name', subject.instance('misnamed', { servers: 'misnamed' })],
        ['of another name, without SNI', subject.instance('nameless', { servers: 'misnamed', configuration: nameless })],
        ['with a signature of no profile', subject.instance('unapproved', { servers: 'unapproved' })],
        ...(profileOf(subject).versions.includes('TLSv1.2')
          ? []
          : [['outdated', subject.instance('outdated', { servers: 'outdated' })] as const]),
      ] as const;
      const attempts = faultyServers.map(async ([what, instance]) => {
        // HAProxy retries before it gives up on a server; a genuine one would have answered within this time.
        refused(await subject.connect(endpoint, { timeoutMilliseconds: 3_000 }, instance), `a server ${what}`);
      });
      await Promise.all(attempts);
    },
  },
  {
    name: 'passes health checks of its servers',
    async run(subject, endpoint) {
      // Traffic would leave a session that a health check could resume.
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

/** All checks of an endpoint of a running tier. */
export const tierChecks: readonly TierCheck[] = [...clientChecks, ...serverChecks];
