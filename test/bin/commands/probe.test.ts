import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { foldersIn } from '../../../lib/artifacts/folders';
import { readStacks } from '../../../lib/artifacts/stacks';
import type { KubernetesObject } from '../../../lib/readback/kubernetes/object';
import { stackObjects } from '../../../lib/readback/terraform/stack-objects';
import { diptych, diptychAside, type Ended } from '../../support/diptych';
import { type Answer, type StandIn, standIn } from '../../support/stand-in-api';
import { standInCloud } from '../../support/stand-in-cloud';

/** An address without a listener. */
const nowhere = 'http://127.0.0.1:1';

const folder = mkdtempSync(join(tmpdir(), 'diptych-probe-'));
const estate = join(folder, 'estate.yaml');

let emitted: readonly KubernetesObject[];
/** What the cluster answers with: what was emitted, unless a test changes it. */
let live: readonly KubernetesObject[];
let api: StandIn;

/** A small estate with one site of each kind, and a cluster in which all of it stands. */
beforeAll(async () => {
  expect(diptych(['init', folder])).toMatchObject({ status: 0 });
  expect(diptych(['synth', estate, '--out', folder])).toMatchObject({ status: 0 });
  const stacks = readStacks(foldersIn(folder), [{ kind: 'on-prem', id: 'own', context: '', clusterIdentity: '' }]);
  emitted = stacks.flatMap((stack) => stackObjects(stack).map(({ object }) => object));
  api = await standIn((_method, path) => answer(path));
}, 120_000);

beforeEach(() => {
  live = emitted;
});

afterAll(async () => {
  await api?.stop();
  rmSync(folder, { recursive: true });
});

function answer(path: string): Answer | undefined {
  if (path === '/') return caller('444455556666');
  if (path === '/version') return [200, { gitVersion: 'v1.34.4' }];
  if (path === '/api/v1/namespaces/kube-system') return [200, { metadata: { labels: { 'diptych/site': 'example-own' } } }];
  const [, version, namespace, plural, name] =
    /^\/apis?\/(.*?v\d\w*)(?:\/namespaces\/([^/]+)(?=\/))?(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  const own = live.filter(({ apiVersion }) => apiVersion === version);
  if (path === '/apis') return [200, { groups: groups() }];
  if (plural === undefined) return [200, { resources: emitted.filter(({ apiVersion }) => apiVersion === version).map(served) }];
  const there = own.filter(({ kind, metadata }) => pluralOf(kind) === plural && metadata.namespace === namespace);
  if (name === undefined) return [200, { items: there }];
  const found = there.find(({ metadata }) => metadata.name === name);
  return found && [200, found];
}

function served({ kind, metadata }: KubernetesObject): object {
  return { kind, name: pluralOf(kind), namespaced: metadata.namespace !== undefined, verbs: ['delete', 'get', 'list'] };
}

function groups(): object[] {
  const versions = [...new Set(emitted.map(({ apiVersion }) => apiVersion))].filter((version) => version.includes('/'));
  return versions.map((groupVersion) => ({
    name: groupVersion.split('/')[0],
    versions: [{ groupVersion }],
    preferredVersion: { groupVersion },
  }));
}

function pluralOf(kind: string): string {
  return kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se').concat('s');
}

function caller(account: string): Answer {
  const result = `<GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn><UserId>u</UserId></GetCallerIdentityResult>`;
  return [200, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`];
}

/** Runs a command while this process goes on to answer for the control planes at these addresses. */
function run(at: { readonly cluster: string; readonly cloud: string }, ...args: readonly string[]): Promise<Ended> {
  const kubeconfig = join(folder, 'kubeconfig');
  const context = { name: 'own-production', context: { cluster: 'own', user: 'own' } };
  const config = {
    clusters: [{ name: 'own', cluster: { server: at.cluster, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'own', user: {} }],
    contexts: [context],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const env = {
    KUBECONFIG: kubeconfig,
    AWS_ENDPOINT_URL: at.cloud,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const [command = '', ...options] = args;
  return diptychAside([command, estate, '--out', folder, ...options], { env });
}

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly sitesLost: readonly string[];
  readonly unreachable: readonly { readonly code: string }[];
  readonly findings: readonly { readonly site: string; readonly verdict: string; readonly reason?: string }[];
}

/** A NetworkPolicy beside one that was emitted, as somebody would add it by hand. */
function byHand(): KubernetesObject {
  const policy = structuredClone(emitted.find(({ kind }) => kind === 'NetworkPolicy'));
  if (!policy) throw new Error('the example emits no NetworkPolicy');
  return { ...policy, metadata: { name: 'by-hand', namespace: policy.metadata.namespace } as KubernetesObject['metadata'] };
}

describe('diptych probe --accept-unknown', () => {
  it('diptych probe still finds a rule for 0.0.0.0/0 added by hand if security group rules may be unknown', async () => {
    const groups = new Map<string, string>();
    for (const { name, file } of readStacks(foldersIn(folder), [cloudSite])) {
      const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
      const [found] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::EC2::SecurityGroup') ?? [];
      if (found) groups.set(name, found);
    }
    const ingress = 'AWS::EC2::SecurityGroupIngress';
    const rule = '<securityGroupRuleId>sgr-open</securityGroupRuleId><groupId>sg-own</groupId><isEgress>false</isEgress>';
    const answers: Readonly<Record<string, (about: string) => string>> = {
      GetCallerIdentity: () => `<Account>${cloudSite.account}</Account>`,
      ListStackResources: (stack) =>
        `<StackResourceSummaries>${groups.has(stack) ? madeAs(groups.get(stack) ?? '') : ''}</StackResourceSummaries>`,
      DescribeSecurityGroups: () =>
        '<securityGroupInfo><item><groupId>sg-own</groupId><groupName>own</groupName></item></securityGroupInfo>',
      DescribeSecurityGroupRules: () =>
        `<securityGroupRuleSet><item>${rule}<ipProtocol>-1</ipProtocol><cidrIpv4>0.0.0.0/0</cidrIpv4></item></securityGroupRuleSet>`,
    };
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
      vi.stubEnv(name, '');
    const cloud = await standInCloud((action, about) => answers[action]?.(about));
    const address = process.env.AWS_ENDPOINT_URL ?? '';
    const accepted = join(folder, 'accepted.json');
    writeFileSync(accepted, JSON.stringify([ingress]));
    const options = ['--only', 'cloud', '--accept-unknown', accepted, '--json'];
    const { status, stdout } = await run({ cluster: nowhere, cloud: address }, 'probe', ...options);
    await cloud.stop();
    const { findings } = JSON.parse(stdout) as { findings: { verdict: string; resource: string; type: string }[] };
    expect(findings.filter(({ verdict }) => verdict === 'foreign')).toMatchObject([
      { type: ingress, resource: expect.stringMatching(/^sgr-open in /) },
    ]);
    expect(status).toBe(1);
  });

  const cloudSite = { kind: 'cloud', id: 'cloud', account: '000000000000', region: 'eu-west-1' } as const;

  const madeAs = (id: string) =>
    `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>sg-own</PhysicalResourceId><ResourceType>AWS::EC2::SecurityGroup</ResourceType></member>`;
});

describe('the exit code of diptych probe', () => {
  const isPolicy = ({ kind }: KubernetesObject) => kind === 'NetworkPolicy';
  const changes: readonly [verdict: string, change: () => readonly KubernetesObject[]][] = [
    ['foreign', () => [...emitted, byHand()]],
    ['missing', () => emitted.filter((object) => object !== emitted.find(isPolicy))],
    ['drifted', () => emitted.map((object) => (object === emitted.find(isPolicy) ? { ...object, spec: { podSelector: {} } } : object))],
  ];

  it.each(changes)('is 1 if the only finding is an object that is %s', async (verdict, change) => {
    live = change();
    const { status, stdout } = await run({ cluster: api.address, cloud: nowhere }, 'probe', '--only', 'on-prem', '--json');
    const { counts } = JSON.parse(stdout) as Report;
    const expected = { drifted: 0, missing: 0, foreign: 0, unknown: 0, [verdict]: 1 };
    expect([status, counts]).toMatchObject([1, expected]);
  });

  it('is 1 rather than 3 if another site does not answer', async () => {
    live = [...emitted, byHand()];
    expect(await run({ cluster: api.address, cloud: nowhere }, 'probe')).toMatchObject({ status: 1 });
  });

  it('is 0 if everything is as planned', async () => {
    expect(await run({ cluster: api.address, cloud: nowhere }, 'probe', '--only', 'on-prem')).toMatchObject({ status: 0 });
  });
});

describe('diptych destroy', () => {
  const codes = ({ stdout }: Ended) => (JSON.parse(stdout) as { problems: readonly { code: string }[] }).problems.map(({ code }) => code);
  const destroy = (...options: readonly string[]) =>
    run({ cluster: api.address, cloud: nowhere }, 'destroy', '--only', 'on-prem', '--json', ...options);

  it('is refused if something is protected, even if --yes confirms it, and names what is protected', async () => {
    live = [...emitted, byHand()];
    const ended = await destroy('--yes');
    expect([ended.status, codes(ended)]).toEqual([2, ['DEP009']]);
    expect(ended.stderr).toContain('NetworkPolicy client-access/by-hand');
  });

  it('is refused without a terminal unless --yes confirms it, whatever --unprotect allows', async () => {
    live = [...emitted, byHand()];
    const ended = await destroy('--unprotect');
    expect([ended.status, codes(ended)]).toEqual([2, ['DEP010']]);
  });
});

describe('diptych probe with an unreachable site', () => {
  it('diptych probe reads the other site and reports the unreachable cloud site as unknown', async () => {
    const { status, stdout } = await run({ cluster: api.address, cloud: nowhere }, 'probe', '--json');
    expect(status).toBe(3);
    const { findings, unreachable } = JSON.parse(stdout) as Report;
    const [own, cloud] = ['own', 'cloud'].map((id) => findings.filter(({ site }) => site === id));
    expect(own).toHaveLength(emitted.length);
    expect(new Set(own?.map(({ verdict }) => verdict))).toEqual(new Set(['as-planned']));
    expect(new Set(cloud?.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
      new Set(['unknown: the control plane of cloud does not answer [DEP002]']),
    );
    expect(unreachable).toMatchObject([{ code: 'DEP002' }]);
  });

  it('diptych probe reports every object of an unreachable cluster as unknown', async () => {
    const { status, stdout, stderr } = await run({ cluster: nowhere, cloud: nowhere }, 'probe', '--only', 'on-prem');
    expect(status).toBe(3);
    expect(stdout).toContain('unknown own: Deployment client-access/tls-tier: the control plane of own does not answer [DEP002]');
    expect(stdout).toMatch(new RegExp(`^0 as planned, 0 drifted, 0 missing, 0 foreign, ${emitted.length} unknown$`, 'm'));
    expect(stderr).toContain('sites/own: the API server at ');
  });

  it('diptych probe --site-lost skips the site, names it and exits with 0', async () => {
    const { status, stdout } = await run({ cluster: api.address, cloud: nowhere }, 'probe', '--site-lost', 'cloud');
    expect([status, stdout]).toEqual([
      0,
      `lost cloud: not asked\n${emitted.length} as planned, 0 drifted, 0 missing, 0 foreign, 0 unknown\n`,
    ]);
  });

  it('diptych probe is refused if a site is in the wrong account', async () => {
    const { status, stdout } = await run({ cluster: nowhere, cloud: api.address }, 'probe', '--json');
    expect(status).toBe(2);
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([{ code: 'DEP002' }, { code: 'DEP004' }]);
  });
});

describe('refusals with --json', () => {
  const down = { cluster: nowhere, cloud: nowhere };

  it.each([
    ['an unknown site', ['probe', '--site', 'elsewhere'], 2, 'DEP001'],
    ['a client file that does not exist', ['probe', '--handshake', '--key', 'no-such-key.pem'], 2, 'CMD008'],
    ['a deployment to an unreachable site', ['deploy', '--only', 'on-prem'], 3, 'DEP002'],
    ['a destruction of an unreachable site', ['destroy', '--only', 'on-prem'], 3, 'DEP002'],
    ['missing artifacts', ['deploy', '--out', join(tmpdir(), 'no-such-folder')], 2, 'ART001'],
  ])('--json prints the refusal of %s as JSON', async (_what, args, code, problem) => {
    const { status, stdout, stderr } = await run(down, ...args, '--json');
    expect([status, stderr]).toEqual([code, '']);
    const { version, problems } = JSON.parse(stdout) as { version: string; problems: readonly { code: string }[] };
    expect(version).toBe('diptych/problems/1');
    expect(new Set(problems.map((one) => one.code))).toEqual(new Set([problem]));
  });
});

describe('client files for handshakes', () => {
  it.each([
    ['that does not exist', 'no-such-authority.pem', 'the file cannot be read because it does not exist'],
    ['that TLS cannot use', estate, 'TLS cannot use the files; each file must contain PEM'],
  ])('diptych probe names a client file %s', async (_what, file, reason) => {
    const { status, stderr } = await run({ cluster: nowhere, cloud: nowhere }, 'probe', '--handshake', '--certificate', file);
    expect(status).toBe(2);
    expect(stderr).toContain(`${file}: ${reason}`);
    expect(stderr).toMatch(/\[CMD008\]$/m);
  });
});
