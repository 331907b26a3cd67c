import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { applicationProtocols } from '../../lib/tls/haproxy/bind';
import { tell } from './runtime-socket';
import { isEncrypted, profileOf, refused, type TierCheck } from './tier-check';

/** How HAProxy calls groups whose names are not the plan's. */
const groupsAtServer: Readonly<Record<string, string>> = { 'P-384': 'SECP384R1', 'P-521': 'SECP521R1' };

/** What the servers behind an endpoint must see. */
export const serverChecks: readonly TierCheck[] = [
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
        groups.some((group) => (groupsAtServer[group] ?? group) === said.group),
        said.group,
      );
      assert.equal(said.http, applicationProtocols[endpoint.protocol].some((protocol) => protocol === 'h2') ? '2.0' : '1.1');
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
