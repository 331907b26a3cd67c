// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are Terraform expressions
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from '../../../lib/core/terraform';
import { readObjects } from '../../../lib/readback/terraform/objects';
import { synthesized } from '../../fixtures/terraform';
import { plannedTwoSites } from '../../fixtures/two-sites';

const namespace = { kubernetes_namespace_v1: { risk: { metadata: { name: 'risk' } } } };
const policy = (value: Record<string, unknown>) => ({ resource: { ...namespace, kubernetes_network_policy_v1: { one: value } } });
const metadata = { name: 'one', namespace: '${kubernetes_namespace_v1.risk.metadata[0].name}' };

/** Returns the NetworkPolicy of a stack. */
const objectOf = (value: Record<string, unknown>) =>
  readObjects('core', policy(value)).objects.find(({ object }) => object.kind === 'NetworkPolicy')?.object;
const codesOf = (stack: object) => readObjects('core', stack).problems.map(({ code, path }) => `${code} ${path}`);

describe('readObjects', () => {
  it('readObjects converts attributes to Kubernetes fields and replaces references by names', () => {
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

  it('readObjects drops the meta-arguments of Terraform', () => {
    const spec = { pod_selector: [{}], policy_types: ['Ingress'] };
    const steered = { '//': { metadata: {} }, lifecycle: { prevent_destroy: true }, timeouts: { create: '1m' }, wait_for_rollout: true };
    expect(objectOf({ metadata, spec, ...steered })).toEqual(objectOf({ metadata, spec }));
  });

  it('readObjects copies the content of kubernetes_manifest and evaluates its strings', () => {
    const manifest = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'one' }, spec: { text: '$${x}' } };
    const { objects } = readObjects('extensions', { resource: { kubernetes_manifest: { one: { manifest } } } });
    expect(objects[0]?.object).toEqual({ ...manifest, spec: { text: '${x}' } });
  });

  it('readObjects returns an object after its namespace', () => {
    const { objects } = readObjects('core', policy({ metadata, spec: { pod_selector: {}, policy_types: [] } }));
    expect(objects.map(({ object }) => object.kind)).toEqual(['Namespace', 'NetworkPolicy']);
  });

  it('readObjects restores every string that Terraform escaping changed', () => {
    const pieces = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\n', 'a', '${', '%{', '${var.x}') });
    fc.assert(
      fc.property(pieces, (text) => {
        const stack = { resource: { kubernetes_config_map_v1: { one: { metadata: { name: 'one' }, data: { text: literal(text) } } } } };
        expect(readObjects('tiers', stack).objects[0]?.object.data).toEqual({ text });
      }),
    );
  });
});

describe('problems of readObjects', () => {
  it('readObjects reports a resource type that is not a Kubernetes object (RDB001)', () => {
    expect(codesOf({ resource: { kubernetes_secret_v1: { one: {} } } })).toEqual(['RDB001 core/kubernetes_secret_v1.one']);
  });

  it('readObjects reports each attribute without a field at any depth (RDB002)', () => {
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
  ])('readObjects reports an expression that the stack cannot resolve: %s (RDB003)', (name) => {
    expect(codesOf(policy({ metadata: { name }, spec: {} }))).toEqual(['RDB003 core/kubernetes_network_policy_v1.one']);
  });

  it('readObjects reports a value of the wrong type (RDB004)', () => {
    const spec = { pod_selector: [{}, {}], policy_types: 'Ingress', ingress: [{ ports: [{ end_port: 'many' }] }] };
    expect(codesOf(policy({ metadata, spec }))).toEqual([
      'RDB004 core/kubernetes_network_policy_v1.one/spec/pod_selector',
      'RDB004 core/kubernetes_network_policy_v1.one/spec/policy_types',
      'RDB004 core/kubernetes_network_policy_v1.one/spec/ingress/0/ports/0/end_port',
    ]);
  });
});

describe('readObjects of an emitted site', () => {
  const stacks = synthesized(plannedTwoSites());
  const readings = Object.entries(stacks).map(([name, stack]) => ({ name, stack, ...readObjects(name, stack) }));

  it('readObjects returns an object for every emitted resource', () => {
    expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
    for (const { stack, objects } of readings) {
      const resources = Object.values(stack.resource ?? {}).flatMap((byName) => Object.keys(byName as object));
      expect(objects).toHaveLength(resources.length);
    }
  });

  it('readObjects converts file modes, ports and user IDs to numbers and keeps quantities as strings', () => {
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
