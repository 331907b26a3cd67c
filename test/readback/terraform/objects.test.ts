// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform are what is read
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from '../../../lib/core/terraform';
import { readObjects } from '../../../lib/readback/terraform/objects';
import { synthesized } from '../../fixtures/terraform';
import { plannedTwoSites } from '../../fixtures/two-sites';

const namespace = { kubernetes_namespace_v1: { risk: { metadata: { name: 'risk' } } } };
const policy = (value: Record<string, unknown>) => ({ resource: { ...namespace, kubernetes_network_policy_v1: { one: value } } });
const metadata = { name: 'one', namespace: '${kubernetes_namespace_v1.risk.metadata[0].name}' };

/** The one object of a stack beside its namespace. */
const objectOf = (value: Record<string, unknown>) =>
  readObjects('core', policy(value)).objects.find(({ object }) => object.kind === 'NetworkPolicy')?.object;
const codesOf = (stack: object) => readObjects('core', stack).problems.map(({ code, path }) => `${code} ${path}`);

describe('an object read back from Terraform', () => {
  it('has the fields of Kubernetes, lists in the plural, and names where references stood', () => {
    const spec = {
      pod_selector: {},
      policy_types: ['Ingress'],
      ingress: [{ ports: [{ port: '8443', protocol: 'TCP' }], from: [{ ip_block: { cidr: '10.0.0.0/8' } }] }],
    };
    expect(objectOf({ metadata, spec })).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'one', namespace: 'risk' },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ port: 8443, protocol: 'TCP' }], from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
      },
    });
  });

  it('keeps nothing of what steers Terraform itself', () => {
    const spec = { pod_selector: [{}], policy_types: ['Ingress'] };
    const steered = { '//': { metadata: {} }, lifecycle: { prevent_destroy: true }, timeouts: { create: '1m' }, wait_for_rollout: true };
    expect(objectOf({ metadata, spec, ...steered })).toEqual(objectOf({ metadata, spec }));
  });

  it('is a manifest word for word, its texts evaluated', () => {
    const manifest = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'one' }, spec: { text: '$${x}' } };
    const { objects } = readObjects('extensions', { resource: { kubernetes_manifest: { one: { manifest } } } });
    expect(objects[0]?.object).toEqual({ ...manifest, spec: { text: '${x}' } });
  });

  it('comes after its namespace', () => {
    const { objects } = readObjects('core', policy({ metadata, spec: { pod_selector: {}, policy_types: [] } }));
    expect(objects.map(({ object }) => object.kind)).toEqual(['Namespace', 'NetworkPolicy']);
  });

  it('says a text as it was before it was written into Terraform', () => {
    const pieces = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\n', 'a', '${', '%{', '${var.x}') });
    fc.assert(
      fc.property(pieces, (text) => {
        const stack = { resource: { kubernetes_config_map_v1: { one: { metadata: { name: 'one' }, data: { text: literal(text) } } } } };
        expect(readObjects('tiers', stack).objects[0]?.object.data).toEqual({ text });
      }),
    );
  });
});

describe('what cannot be read', () => {
  it('is a resource that is no object: RDB001', () => {
    expect(codesOf({ resource: { kubernetes_secret_v1: { one: {} } } })).toEqual(['RDB001 core/kubernetes_secret_v1.one']);
  });

  it('is an attribute without a field, at any depth, each named: RDB002', () => {
    const spec = { pod_selector: {}, policy_types: [], ingress: [{ ports: [{ prot: 'TCP' }] }], podSelector: {} };
    expect(codesOf(policy({ metadata, spec }))).toEqual([
      'RDB002 core/kubernetes_network_policy_v1.one/spec/ingress/0/ports/0/prot',
      'RDB002 core/kubernetes_network_policy_v1.one/spec/podSelector',
    ]);
  });

  it.each([
    '${var.name}',
    '${upper("a")}',
    'a%{if true}b',
    '${kubernetes_namespace_v1.risk.metadata[0].uid}',
    '${kubernetes_namespace_v1.gone.id}',
  ])('is an expression that the stack does not answer: RDB003 %s', (name) => {
    expect(codesOf(policy({ metadata: { name }, spec: {} }))).toEqual(['RDB003 core/kubernetes_network_policy_v1.one']);
  });

  it('is a value that does not fit: RDB004', () => {
    const spec = { pod_selector: [{}, {}], policy_types: 'Ingress', ingress: [{ ports: [{ end_port: 'many' }] }] };
    expect(codesOf(policy({ metadata, spec }))).toEqual([
      'RDB004 core/kubernetes_network_policy_v1.one/spec/pod_selector',
      'RDB004 core/kubernetes_network_policy_v1.one/spec/policy_types',
      'RDB004 core/kubernetes_network_policy_v1.one/spec/ingress/0/ports/0/end_port',
    ]);
  });
});

describe('a site as it was emitted', () => {
  const stacks = synthesized(plannedTwoSites());
  const readings = Object.entries(stacks).map(([name, stack]) => ({ name, stack, ...readObjects(name, stack) }));

  it('is read whole: an object for every resource', () => {
    expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
    for (const { stack, objects } of readings) {
      const resources = Object.values(stack.resource ?? {}).flatMap((byName) => Object.keys(byName as object));
      expect(objects).toHaveLength(resources.length);
    }
  });

  it('has modes, ports and users as numbers, and quantities as texts', () => {
    const tier = readings.flatMap(({ objects }) => objects).find(({ address }) => address === 'kubernetes_deployment_v1.orders_tier');
    expect(tier?.object).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          spec: {
            securityContext: { runAsUser: 99 },
            containers: [{ readinessProbe: { httpGet: { port: 8404 } }, resources: { limits: { cpu: expect.any(String) } } }],
            volumes: expect.arrayContaining([expect.objectContaining({ configMap: expect.objectContaining({ defaultMode: 0o440 }) })]),
          },
        },
      },
    });
  });
});
