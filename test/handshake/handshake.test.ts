import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CloudSite } from '../../lib/artifacts/site';
import { handshakes } from '../../lib/deployment/probe/handshakes';
import type { ClientFiles, ExpectedTls, LiveEndpoint } from '../../lib/handshake/endpoint';
import { judgeEndpoint } from '../../lib/handshake/judge';
import { StandInAuthority } from '../support/certificates';
import { type CloudAnswer, type StandInCloud, standInCloud } from '../support/stand-in-cloud';

const serverName = 'api.example';
const folder = mkdtempSync(join(tmpdir(), 'diptych-handshake-'));

let ca: string;
let stranger: string;
let own: { cert: string; key: string };
let client: { certificate: string; key: string };
let server: Server | undefined;

beforeAll(async () => {
  const [authority, other] = [await StandInAuthority.create(folder, 'authority'), await StandInAuthority.create(folder, 'stranger')];
  const [ours, theirs] = [await authority.issue({ name: 'server', serverNames: [serverName] }), await authority.issue({ name: 'client' })];
  ca = readFileSync(authority.pair.certificate, 'utf8');
  stranger = readFileSync(other.pair.certificate, 'utf8');
  own = { cert: readFileSync(ours.certificate, 'utf8'), key: readFileSync(ours.key, 'utf8') };
  client = { certificate: readFileSync(theirs.certificate, 'utf8'), key: readFileSync(theirs.key, 'utf8') };
}, 60_000);

afterEach(() => {
  server?.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

const strict: ExpectedTls = {
  versions: ['TLSv1.3'],
  cipherSuites: ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  legacyCipherSuites: [],
  groups: ['X25519', 'P-256', 'P-384'],
  clientAuthentication: 'none',
};

const strictServer: TlsOptions = { minVersion: 'TLSv1.3', ecdhCurve: 'X25519:prime256v1:secp384r1' };

async function judge(options: TlsOptions, expected: ExpectedTls, files: ClientFiles) {
  const listening = createServer({ ...own, ...options });
  server = listening;
  listening.on('tlsClientError', () => {});
  listening.on('secureConnection', (socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const at = { site: 'own', zone: 'client-access', endpoint: 'api', address: '127.0.0.1', port, serverName };
  const { differences, verdict, unknown, reason } = await judgeEndpoint({ ...at, expected }, files);
  return { verdict, drifted: differences.map(({ attribute }) => attribute), unknown, ...(reason !== undefined && { reason }) };
}

describe('judgeEndpoint', () => {
  it('judgeEndpoint finds an endpoint as planned if it accepts what it must and refuses the rest', async () => {
    expect(await judge(strictServer, strict, { ca })).toEqual({ verdict: 'as-planned', drifted: [], unknown: [] });
  }, 30_000);

  it('judgeEndpoint reports a TLS version, a group and a cipher suite that should be refused', async () => {
    const weak = { minVersion: 'TLSv1.2', ecdhCurve: 'X25519:prime256v1:secp384r1:secp521r1' } as const;
    const expected = { ...strict, cipherSuites: ['TLS_AES_256_GCM_SHA384'] };
    const { drifted } = await judge(weak, expected, { ca });
    expect(drifted).toEqual([
      'versions[TLSv1.2]',
      'cipherSuites[TLS_AES_128_GCM_SHA256]',
      'cipherSuites[TLS_CHACHA20_POLY1305_SHA256]',
      'groups[P-521]',
    ]);
  }, 30_000);

  it('judgeEndpoint reports a certificate chain that is not trusted', async () => {
    expect((await judge(strictServer, strict, { ca: stranger })).drifted).toEqual(['chain']);
  }, 30_000);

  it('judgeEndpoint reports an endpoint that accepts clients without a required certificate', async () => {
    const expected = { ...strict, clientAuthentication: 'required' as const };
    expect((await judge(strictServer, expected, { ca, ...client })).drifted).toEqual(['clientAuthentication']);
    server?.close();
    const mutual = { ...strictServer, requestCert: true, rejectUnauthorized: true, ca };
    expect(await judge(mutual, expected, { ca, ...client })).toEqual({ verdict: 'as-planned', drifted: [], unknown: [] });
  }, 30_000);

  it('judgeEndpoint reports a hybrid group as unknown if the OpenSSL of this Node does not support it', async () => {
    const expected = { ...strict, groups: ['X25519MLKEM768', ...strict.groups] };
    const judged = await judge(strictServer, expected, { ca });
    const group = 'groups[X25519MLKEM768]';
    if (Number.parseFloat(process.versions.openssl) >= 3.5)
      expect(judged).toMatchObject({ verdict: 'drifted', drifted: [group], unknown: [] });
    else expect(judged).toMatchObject({ verdict: 'unknown', drifted: [], unknown: [group], reason: expect.stringContaining('Node 24') });
  }, 30_000);

  it('judgeEndpoint reports a group as unknown if no OpenSSL version supports it', async () => {
    const expected = { ...strict, groups: ['X25519Tomorrow', ...strict.groups] };
    expect(await judge(strictServer, expected, { ca })).toMatchObject({ verdict: 'unknown', unknown: ['groups[X25519Tomorrow]'] });
  }, 30_000);

  it('judgeEndpoint reports an unreachable endpoint as unknown', async () => {
    const nowhere = { site: 'own', zone: 'z', endpoint: 'e', port: 1, serverName, expected: strict };
    expect(await judgeEndpoint(nowhere, { ca })).toMatchObject({ verdict: 'unknown', differences: [] });
  }, 30_000);
});

describe('cloud endpoints', () => {
  const site: CloudSite = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' };
  const endpoint: LiveEndpoint = { site: site.id, zone: 'client-access', endpoint: 'api', port: 9, serverName, expected: strict };
  const onPrem: LiveEndpoint = { ...endpoint, site: 'own', address: '127.0.0.1' };
  let cloud: StandInCloud | undefined;

  afterEach(async () => {
    await cloud?.stop();
    vi.unstubAllEnvs();
    cloud = undefined;
  });

  /** What is said of both endpoints, to one of which nobody listens. */
  async function reasons(answers: Readonly<Record<string, CloudAnswer | ((about: string) => CloudAnswer)>>): Promise<unknown[]> {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
      vi.stubEnv(name, '');
    cloud = await standInCloud((action, about) => {
      const answer = answers[action];
      return typeof answer === 'function' ? answer(about) : answer;
    });
    const findings = await handshakes([site], [endpoint, onPrem], {});
    return findings.map(({ site: id, verdict, reason }) => `${verdict} ${id}: ${reason}`);
  }

  const GetCallerIdentity = `<Account>${site.account}</Account>`;

  it.each([
    ['the account', { GetCallerIdentity: { error: 'ServiceUnavailable' } }, /^unknown dublin: http\S+ does not answer within 5 s: /],
    ['load balancers', { GetCallerIdentity, DescribeLoadBalancers: { error: 'AccessDenied' } }, /^unknown dublin: AccessDenied: refused/],
  ])('handshakes reports only cloud endpoints as unknown if %s cannot be read', async (_what, answers, reason) => {
    const [inTheCloud, ...others] = await reasons(answers);
    expect(inTheCloud).toMatch(reason);
    expect(others).toEqual(['unknown own: ECONNREFUSED']);
  });

  it('handshakes finds the load balancers of a site while other load balancers are deleted', async () => {
    const balancer = (arn: string) => `<member><LoadBalancerArn>${arn}</LoadBalancerArn><DNSName>localhost</DNSName></member>`;
    const tag = (key: string, value: string) => `<member><Key>diptych:${key}</Key><Value>${value}</Value></member>`;
    const tags = `<TagDescriptions><member><Tags>${tag('site', site.id)}${tag('zone', endpoint.zone)}</Tags></member></TagDescriptions>`;
    const DescribeTags = (arn: string) => (arn === 'own' ? tags : { error: 'LoadBalancerNotFound' });
    const DescribeLoadBalancers = `<LoadBalancers>${balancer('theirs')}${balancer('own')}</LoadBalancers>`;
    expect(await reasons({ GetCallerIdentity, DescribeLoadBalancers, DescribeTags })).toEqual([
      'unknown dublin: ECONNREFUSED',
      'unknown own: ECONNREFUSED',
    ]);
  });
});
