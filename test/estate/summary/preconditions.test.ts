import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { preconditions } from '../../../lib/estate/summary/preconditions';
import { userData } from '../../../lib/tls/boot/user-data';
import { selfTestScript } from '../../../lib/tls/haproxy/self-test';
import { bootInput } from '../../fixtures/boot';
import { cloudTemplates } from '../../fixtures/cloud-templates';
import { type Json, resourcesOf, synthesized } from '../../fixtures/terraform';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

const plan = plannedTwoSites();
const sentencesOf = (id: string, of: EstatePlan = plan) => {
  const site = of.sites.find((candidate) => candidate.id === id);
  if (!site) throw new Error(`no site ${id}`);
  return preconditions(of, site);
};

/** An estate with hardware at both kinds of site. */
function accelerated(): EstatePlan {
  const text = readFileSync(join(__dirname, '../../../examples/meridian/estate.yaml'), 'utf8');
  const { plan: example } = planEstate(parseEstate(parse(text)).parsed);
  if (!example) throw new Error('the example has no plan');
  return example;
}

/** Whether a text runs a program. */
const runs = (program: string) => new RegExp(`(?<![\\w-])${program}(?![\\w-])`);

describe('the preconditions of an on-prem site', () => {
  it('state how much an instance of each zone writes to its event log in a minute', () => {
    const [sentence] = sentencesOf('frankfurt').filter((each) => each.includes('event logs'));
    expect(sentence).toMatch(/in a minute at the peak, an instance writes up to \d+ MiB in zone orders, \d+ MiB in zone risk/);
  });
});

describe('the preconditions of a cloud site', () => {
  const sentences = sentencesOf('cloud');

  it('preconditions of a cloud site name the files that each endpoint needs at startup', () => {
    const files = 'tls.crt, tls.key, client-ca.crt, crl.pem, tickets.keys, backend-ca.crt';
    expect(sentences.join('\n')).toContain(`places ${files} in /etc/diptych/tls/fix of every instance of zone orders`);
  });

  it('preconditions of a cloud site name exports that the stacks have', () => {
    const exported = [...cloudTemplates(plan).values()].flatMap((template) =>
      Object.values(template.toJSON().Outputs ?? {}).map((output) => (output as { Export: { Name: string } }).Export.Name),
    );
    const named = sentences.flatMap((sentence) => [...sentence.matchAll(/exported as ([a-z0-9:-]+)/g)].map(([, name]) => name));
    expect(named).toHaveLength(6);
    expect(exported).toEqual(expect.arrayContaining(named));
  });

  it.each(['podman', 'curl', 'fallocate'])('preconditions of a cloud site name %s, which the boot script needs', (program) => {
    expect(userData(bootInput())).toMatch(runs(program));
    expect(sentences.find((sentence) => sentence.includes('names a machine image'))).toContain(program);
  });

  it('preconditions of a hardware tier name the check for devices in the image', () => {
    const site = accelerated().sites.find(({ id }) => id === 'dublin');
    const tier = site?.tiers.find(({ acceleration }) => acceleration === 'hardware');
    const zone = site?.zones.find(({ id }) => id === tier?.zone);
    if (!tier || !zone) throw new Error('the example has no hardware tier');
    expect(selfTestScript(zone, tier)).toMatch(runs('timeout'));
    expect(sentencesOf('dublin', accelerated()).join('\n')).toContain('has /bin/sh and timeout, by which');
  });

  it('preconditions without hardware tiers do not mention devices', () => {
    expect(sentences.filter((sentence) => sentence.includes('QuickAssist'))).toEqual([]);
  });
});

describe('the preconditions of a site on-prem', () => {
  it.each([
    [{ kind: 'kubernetes', namespace: 'terraform-state' }, 'Namespace terraform-state exists'],
    [{ kind: 's3', bucket: 'acme-state', region: 'eu-west-1' }, 'Bucket acme-state in eu-west-1 is there'],
    [{ kind: 'local' }, 'Nobody deletes cdktf.out'],
  ] as const)('say where the state of Terraform is: %o', (terraformBackend, sentence) => {
    const sites = plan.sites.map((site) => (site.kind === 'on-prem' ? { ...site, terraformBackend } : site));
    const { id = '' } = sites.find(({ kind }) => kind === 'on-prem') ?? {};
    expect(sentencesOf(id, { ...plan, sites }).join('\n')).toContain(sentence);
  });

  it('preconditions of an on-prem site name the services for scaling and metrics and the contents of the image', () => {
    const text = sentencesOf('frankfurt').join('\n');
    expect(text).toContain('metrics server');
    expect(text).toContain('port 8405');
  });

  it('preconditions of an on-prem site list the keys of each Secret that a pod mounts', () => {
    const pods = resourcesOf(synthesized(plan)['frankfurt-tiers']);
    const mounted = [...pods.values()]
      .flatMap(({ spec }: Json) => spec?.template?.spec.volume ?? [])
      .flatMap(({ projected }: Json) => projected?.[0].sources ?? [])
      .flatMap(({ secret }: Json) => secret)
      .map(({ name, items }: Json) => `Secret ${name} has the keys ${items.map(({ key }: Json) => key).join(', ')}:`);
    const listed = sentencesOf('frankfurt').map((sentence) => sentence.replace(/ in namespace \S+/, ''));
    expect(mounted).toHaveLength(3);
    for (const secret of mounted) expect(listed).toContainEqual(expect.stringContaining(secret));
  });

  const existing = (changed: (raw: Json) => void = () => {}) => {
    const raw: Json = twoSites();
    raw.sites.frankfurt.namespaces = 'existing';
    changed(raw);
    return sentencesOf('frankfurt', planned(raw));
  };

  it('preconditions of existing namespaces say which connections default deny leaves to the pods that run there', () => {
    const left =
      'may connect only to dns of the platform (UDP 53, TCP 53), risk/checks at cloud, risk/checks at frankfurt, and accepts connections only from nobody';
    const [orders] = existing().filter((sentence) => sentence.startsWith('Every pod of namespace orders'));
    expect(orders).toContain(left);
    expect(sentencesOf('frankfurt').filter((sentence) => sentence.includes('default deny'))).toEqual([]);
  });

  it('preconditions of existing namespaces name the pods that accept connections from the tier', () => {
    const sentences = existing(({ zones: { orders } }) => {
      orders.endpoints.fix.backend.servers.frankfurt = { gateway: 'gateway.orders.svc.cluster.local' };
      orders.endpoints.fix.backend.podLabels = { app: 'gateway' };
      orders.endpoints.fix.backend.podPort = 9501;
    });
    expect(sentences.join('\n')).toContain('only from the tier of the zone on port 9501, for pods with app=gateway:');
  });

  it('preconditions name each server with a DNS name, of which the tier uses one address', () => {
    const raw: Json = twoSites();
    raw.zones.orders.endpoints.fix.backend.servers = {
      frankfurt: { gateway: 'gateway.orders.svc.cluster.local' },
      cloud: { a: 'a.example.com' },
    };
    raw.zones.orders.endpoints.fix.backend.podLabels = { app: 'gateway' };
    const named = (id: string) => sentencesOf(id, planned(raw)).filter((sentence) => sentence.includes('resolves to one address'));
    expect(named('frankfurt')).toEqual([
      expect.stringMatching(/^gateway\.orders\.svc\.cluster\.local, .* orders\/fix, .*kubectl get services --namespace orders/),
    ]);
    expect(named('cloud')).toEqual([expect.stringMatching(/^a\.example\.com, /)]);
    expect(sentencesOf('frankfurt').join('\n')).not.toContain('resolves to one address');
  });

  const changed = (change: (raw: Json) => void) => {
    const raw: Json = twoSites();
    change(raw);
    return sentencesOf('frankfurt', planned(raw)).join('\n');
  };

  it('preconditions say what the load balancer does with open sessions, as declared', () => {
    const balancer = (loadBalancer?: string) => changed(({ sites }) => Object.assign(sites.frankfurt, { loadBalancer }));
    expect(balancer()).toContain('keeps open sessions at a stopping pod for up to 300 s. MetalLB does not');
    expect(balancer('draining')).toContain('as loadBalancer: draining declares');
    expect(balancer('metallb')).toContain('cuts open sessions whatever drainSeconds is');
    expect(balancer('metallb')).not.toContain('keeps open sessions');
  });

  it('preconditions name the number of files that HAProxy opens, and file capabilities of its program', () => {
    const site = plan.sites.find(({ id }) => id === 'frankfurt');
    const most = Math.max(...(site?.tiers ?? []).map(({ maxConnections, threads }) => 2 * maxConnections + 64 * threads + 1024));
    expect(sentencesOf('frankfurt').join('\n')).toContain(`open ${most} files`);
    for (const id of ['frankfurt', 'cloud']) expect(sentencesOf(id).join('\n')).toContain('has no file capabilities');
  });

  it('preconditions mention NodeLocal DNSCache unless a platform flow leads to it', () => {
    const dns = { direction: 'egress', pods: 'all', ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }], namespace: 'kube-system' };
    const cache = { ...dns, namespace: undefined, cidrs: ['169.254.20.10/32'] };
    const withFlows = (platformFlows: object) => changed(({ sites }) => Object.assign(sites.frankfurt, { platformFlows }));
    expect(withFlows({ dns })).toContain('it may show 169.254.20.10 instead');
    expect(withFlows({ dns, cache })).not.toContain('NodeLocal');
    expect(withFlows({ dns, cache })).toContain('addresses of nodes, such as 169.254.20.10/32: Cilium');
  });

  it('preconditions mention Cilium if a block of a policy has addresses of nodes', () => {
    expect(sentencesOf('frankfurt').join('\n')).not.toContain('Cilium');
    const withServer = changed(({ zones }) => {
      zones.orders.endpoints.fix.backend.servers.frankfurt.a = '10.36.0.9';
    });
    expect(withServer).toContain('addresses of nodes, such as 10.36.0.9/32: Cilium does so only with policy-cidr-match-mode');
  });

  let tiers: string;
  beforeAll(() => {
    tiers = JSON.stringify(synthesized(accelerated())['basildon-tiers']).replaceAll('\\n', '\n');
  });

  it.each(['/bin/sh', 'sleep', 'timeout', 'cp'])('preconditions of an on-prem site name %s, which pods run', (program) => {
    expect(runs(program).test(tiers)).toBe(true);
    const image = sentencesOf('basildon', accelerated()).filter((sentence) => sentence.startsWith('The image in '));
    expect(image.join('\n')).toMatch(runs(program));
  });

  it('preconditions of a software tier require no hardware support in the image', () => {
    const text = sentencesOf('frankfurt').join('\n');
    expect(text).toContain('/bin/sh and sleep');
    expect(text).not.toContain('timeout');
  });
});
