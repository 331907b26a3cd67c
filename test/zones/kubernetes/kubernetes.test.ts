import { describe, expect, it } from 'vitest';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { type Json, resourcesOf, synthesized } from '../../fixtures/terraform';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

const core = (plan: EstatePlan) => resourcesOf(synthesized(plan)['frankfurt-core']);
const resources = core(plannedTwoSites());
const policy = (name: string): Json => resources.get(`kubernetes_network_policy_v1.${name}`).spec;

const tier = (zone: string) => ({ match_labels: { 'diptych/role': 'tier', 'diptych/zone': zone } });
const workloads = { match_expressions: [{ key: 'diptych/role', operator: 'DoesNotExist' }] };
const namespace = (name: string) => ({ match_labels: { 'kubernetes.io/metadata.name': name } });

describe('a zone of an on-prem site', () => {
  it('denies all ingress and egress of its pods by default', () => {
    expect(policy('orders_default-deny')).toEqual({ pod_selector: {}, policy_types: ['Ingress', 'Egress'] });
  });

  it('enforces the restricted level of Pod Security', () => {
    const { labels } = resources.get('kubernetes_namespace_v1.orders_namespace').metadata;
    expect(labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('protects its namespace from being destroyed only if it is critical', () => {
    expect(resources.get('kubernetes_namespace_v1.orders_namespace').lifecycle).toEqual({ prevent_destroy: true });
    expect(resources.get('kubernetes_namespace_v1.risk_namespace').lifecycle).toBeUndefined();
  });

  /** Quota of load balancers of the orders zone if clients may connect to some of its endpoints. */
  const balancers = (count: number) => {
    const raw: Json = twoSites();
    const { status } = raw.zones.orders.endpoints;
    const names = Array.from({ length: Math.max(1, count) }, (_, index) => `status-${index}`);
    const endpoint = (id: string, index: number) => ({ ...status, port: 7000 + index, serverNames: [`${id}.orders.example.com`] });
    raw.zones.orders.endpoints = Object.fromEntries(names.map((id, index) => [id, endpoint(id, index)]));
    raw.zones.orders.allowFrom = count === 0 ? {} : { members: {} };
    return core(planned(raw)).get('kubernetes_resource_quota_v1.orders_exposure').spec.hard['services.loadbalancers'];
  };

  it('limits load balancers to what a deployment that renames all endpoints needs, and forbids node ports', () => {
    const { hard } = resources.get('kubernetes_resource_quota_v1.orders_exposure').spec;
    expect(hard['services.nodeports']).toBe('0');
    const changes = [
      [1, 1],
      [10, 1],
      [12, 12],
    ] as const;
    for (const [before, after] of changes) expect(Number(balancers(after))).toBeGreaterThanOrEqual(before + after);
    expect([balancers(12), balancers(0)]).toEqual(['24', '0']);
  });

  it('gives containers default requests, and no default or maximum limits', () => {
    const [limit] = resources.get('kubernetes_limit_range_v1.orders_container-defaults').spec.limit;
    expect(limit).toEqual({ type: 'Container', default_request: { cpu: '100m', memory: '128Mi' } });
  });

  it('creates NetworkPolicies but no namespace if the namespace exists already', () => {
    const raw = twoSites();
    const site = { ...raw.sites.frankfurt, namespaces: 'existing' };
    const existing = core(planned({ ...raw, sites: { ...raw.sites, frankfurt: site } }));
    const types = new Set([...existing.keys()].map((address) => address.split('.')[0]));
    expect(types).not.toContain('kubernetes_namespace_v1');
    expect(types).not.toContain('kubernetes_limit_range_v1');
    expect(existing.get('kubernetes_network_policy_v1.orders_default-deny').metadata.namespace).toBe('orders');
  });
});

describe('a NetworkPolicy of a flow between zones of one site', () => {
  it('allows ingress from workloads of the source to the tier on the pod port', () => {
    expect(policy('risk_ingress_orders')).toEqual({
      pod_selector: tier('risk'),
      policy_types: ['Ingress'],
      ingress: [
        { from: [{ namespace_selector: namespace('orders'), pod_selector: workloads }], ports: [{ port: '8443', protocol: 'TCP' }] },
      ],
    });
  });

  it('allows egress from workloads of the source to the tier only', () => {
    expect(policy('orders_egress_risk')).toEqual({
      pod_selector: workloads,
      policy_types: ['Egress'],
      egress: [{ to: [{ namespace_selector: namespace('risk'), pod_selector: tier('risk') }], ports: [{ port: '8443', protocol: 'TCP' }] }],
    });
  });
});

describe('a NetworkPolicy of a flow across a link', () => {
  it('allows ingress from the addresses of the zone at the other site', () => {
    const [{ from }] = policy('risk_ingress_orders_cloud').ingress;
    expect(from).toEqual([{ ip_block: { cidr: '10.64.0.0/22' } }]);
  });

  it("allows egress to the addresses of the other site's load balancers", () => {
    const [{ to }] = policy('orders_egress_risk_cloud').egress;
    expect(to.map(({ ip_block }: Json) => ip_block.cidr)).toEqual(['10.64.4.128/26', '10.64.5.128/26', '10.64.6.128/26']);
  });
});

describe('a NetworkPolicy of a flow from an external', () => {
  it('allows ingress to the listed endpoint only', () => {
    expect(policy('orders_ingress_members').ingress).toEqual([
      { from: [{ ip_block: { cidr: '198.51.100.0/24' } }], ports: [{ port: '9443', protocol: 'TCP' }] },
    ]);
  });
});

describe('a NetworkPolicy of a backend', () => {
  it('allows egress from the tier to the addresses of the servers', () => {
    expect(policy('orders_backend-egress_fix').egress).toEqual([
      {
        to: [{ ip_block: { cidr: '10.50.0.10/32' } }, { ip_block: { cidr: '10.50.1.10/32' } }],
        ports: [{ port: '9500', protocol: 'TCP' }],
      },
    ]);
  });

  it('allows ingress from the tier if the servers are pods of the zone', () => {
    const raw = twoSites();
    const { fix } = raw.zones.orders.endpoints;
    const servers = { ...fix.backend.servers, frankfurt: { gateway: 'gateway.orders.svc.cluster.local' } };
    const backend = { ...fix.backend, servers, podLabels: { app: 'gateway' } };
    const orders = { ...raw.zones.orders, endpoints: { ...raw.zones.orders.endpoints, fix: { ...fix, backend } } };
    const inPods = core(planned({ ...raw, zones: { ...raw.zones, orders } }));
    const pods = { match_labels: { app: 'gateway' }, match_expressions: [{ key: 'diptych/role', operator: 'DoesNotExist' }] };
    expect(inPods.get('kubernetes_network_policy_v1.orders_backend-egress_fix').spec.egress[0].to).toEqual([{ pod_selector: pods }]);
    expect(inPods.get('kubernetes_network_policy_v1.orders_backend-ingress_fix').spec).toMatchObject({
      pod_selector: pods,
      ingress: [{ from: [{ pod_selector: tier('orders') }] }],
    });
  });
});

describe('a NetworkPolicy of a backend behind a Service', () => {
  it('uses podPort for pods and the backend port for servers outside the cluster', () => {
    const raw = twoSites();
    const { fix } = raw.zones.orders.endpoints;
    const servers = { ...fix.backend.servers, frankfurt: { gateway: 'gateway.orders.svc.cluster.local', old: '10.50.0.10' } };
    const backend = { ...fix.backend, servers, podLabels: { app: 'gateway' }, podPort: 9501 };
    const orders = { ...raw.zones.orders, endpoints: { ...raw.zones.orders.endpoints, fix: { ...fix, backend } } };
    const policies = core(planned({ ...raw, zones: { ...raw.zones, orders } }));
    const spec = (name: string) => policies.get(`kubernetes_network_policy_v1.orders_${name}_fix`).spec;
    const pods = { match_labels: { app: 'gateway' }, match_expressions: [{ key: 'diptych/role', operator: 'DoesNotExist' }] };
    expect(spec('backend-egress').egress).toEqual([
      { to: [{ ip_block: { cidr: '10.50.0.10/32' } }], ports: [{ port: '9500', protocol: 'TCP' }] },
    ]);
    expect(spec('backend-pods-egress').egress).toEqual([{ to: [{ pod_selector: pods }], ports: [{ port: '9501', protocol: 'TCP' }] }]);
    expect(spec('backend-ingress').ingress[0].ports).toEqual([{ port: '9501', protocol: 'TCP' }]);
  });
});

describe('a NetworkPolicy of a platform flow', () => {
  it('allows DNS over UDP and TCP for every pod', () => {
    expect(policy('batch_platform-egress_dns')).toMatchObject({
      pod_selector: {},
      egress: [
        {
          to: [{ namespace_selector: namespace('kube-system'), pod_selector: { match_labels: { 'k8s-app': 'kube-dns' } } }],
          ports: [
            { port: '53', protocol: 'TCP' },
            { port: '53', protocol: 'UDP' },
          ],
        },
      ],
    });
  });

  it('allows metrics for a tier and does not exist for a zone without a tier', () => {
    expect(policy('orders_platform-ingress_metrics')).toMatchObject({ pod_selector: tier('orders'), policy_types: ['Ingress'] });
    expect(resources.has('kubernetes_network_policy_v1.batch_platform-ingress_metrics')).toBe(false);
  });
});
