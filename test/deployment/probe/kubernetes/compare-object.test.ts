import { describe, expect, it } from 'vitest';
import { compareObject } from '../../../../lib/deployment/probe/kubernetes/compare-object';
import type { KubernetesObject } from '../../../../lib/readback/kubernetes/object';

const policy: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'risk', labels: { 'diptych/zone': 'risk' } },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'fix-tls', namespace: 'risk' },
  spec: { type: 'LoadBalancer', selector: { 'diptych/role': 'tier' }, ports: [{ port: 9443, protocol: 'TCP', targetPort: 9443 }] },
};

const configMap: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'haproxy-0', namespace: 'risk' },
  data: { 'haproxy.cfg': 'frontend fix\n' },
  immutable: true,
};

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'tls-tier', namespace: 'risk' },
  spec: {
    template: {
      metadata: { labels: { 'diptych/role': 'tier' } },
      spec: {
        serviceAccountName: 'tls-tier',
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'haproxy',
            image: 'haproxy@sha256:1',
            args: ['-f', 'haproxy.cfg'],
            env: [{ name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            readinessProbe: { httpGet: { path: '/healthz', port: 8404 } },
            volumeMounts: [{ name: 'tls', mountPath: '/tls' }],
          },
        ],
        volumes: [{ name: 'tls', secret: { secretName: 'fix-tls' } }],
      },
    },
  },
};

type Values = Record<string, unknown>;

/** An object with some fields merged into it, as a merge patch does. */
function merged(object: unknown, change: unknown): unknown {
  if (Array.isArray(object) && Array.isArray(change)) return change.map((item, index) => merged(object[index], item));
  if (typeof object !== 'object' || object === null || typeof change !== 'object' || change === null || Array.isArray(change))
    return change;
  const fields = Object.entries(change).map(([key, value]) => [key, merged((object as Values)[key], value)]);
  return { ...object, ...Object.fromEntries(fields) };
}

function edited(object: KubernetesObject, change: object): KubernetesObject {
  return merged(object, change) as KubernetesObject;
}

const attributes = (emitted: KubernetesObject, live: KubernetesObject) =>
  compareObject(emitted, live).differences.map(({ attribute }) => attribute);

const inContainer = (change: object) => ({ spec: { template: { spec: { containers: [change] } } } });

/** What a real API server made of such objects: the same whoever created them. */
const filledIn = new Map<KubernetesObject, object>([
  [policy, {}],
  [configMap, {}],
  [
    service,
    {
      spec: {
        clusterIP: '10.96.0.9',
        clusterIPs: ['10.96.0.9'],
        healthCheckNodePort: 31672,
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        sessionAffinity: 'None',
        ports: [{ nodePort: 31000 }],
      },
      status: { loadBalancer: {} },
    },
  ],
  [
    deployment,
    {
      metadata: { generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' } },
      spec: {
        replicas: 3,
        template: {
          metadata: { creationTimestamp: null },
          spec: {
            dnsPolicy: 'ClusterFirst',
            restartPolicy: 'Always',
            schedulerName: 'default-scheduler',
            securityContext: {},
            serviceAccount: 'tls-tier',
            containers: [
              {
                env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }],
                readinessProbe: { successThreshold: 1, httpGet: { scheme: 'HTTP' } },
                resources: {},
                terminationMessagePath: '/dev/termination-log',
                terminationMessagePolicy: 'File',
              },
            ],
          },
        },
      },
    },
  ],
]);

/** What Terraform's provider states on top, which means the same as nothing. */
const spelledOut = {
  spec: {
    template: {
      spec: {
        shareProcessNamespace: false,
        containers: [{ volumeMounts: [{ mountPropagation: 'None' }] }],
        volumes: [{ secret: { optional: false } }],
      },
    },
  },
};

/** By tool, its field manager and the bookkeeping fields that it writes. */
const tools: Readonly<Record<string, { manager: string; operation: string; labels?: object; annotations?: object }>> = {
  'diptych deploy': { manager: 'diptych', operation: 'Apply' },
  'kubectl apply --server-side': { manager: 'kubectl', operation: 'Apply' },
  'kubectl apply': {
    manager: 'kubectl-client-side-apply',
    operation: 'Update',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  },
  'Argo CD': {
    manager: 'argocd-controller',
    operation: 'Update',
    annotations: { 'argocd.argoproj.io/tracking-id': 'estate:/Service:risk/x', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  },
  'Argo CD, by label and server-side': {
    manager: 'argocd-controller',
    operation: 'Apply',
    labels: { 'app.kubernetes.io/instance': 'estate' },
  },
  Flux: {
    manager: 'kustomize-controller',
    operation: 'Apply',
    labels: { 'kustomize.toolkit.fluxcd.io/name': 'estate', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
  },
  Terraform: { manager: 'HashiCorp', operation: 'Update' },
};

function applied(object: KubernetesObject, tool: string): KubernetesObject {
  const { manager, operation, labels, annotations } = tools[tool] ?? { manager: '', operation: '' };
  const owned = Object.keys(object).filter((field) => !['apiVersion', 'kind', 'metadata'].includes(field));
  const fieldsV1 = Object.fromEntries(owned.map((field) => [`f:${field}`, {}]));
  const metadata = {
    uid: 'u',
    managedFields: [{ manager, operation, fieldsV1 }],
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
  const live = edited(edited(object, filledIn.get(object) ?? {}), { metadata });
  return tool === 'Terraform' && object === deployment ? edited(live, spelledOut) : live;
}

describe.each(Object.keys(tools))('objects that %s applied', (tool) => {
  it(`compareObject finds no difference in objects that ${tool} applied`, () => {
    for (const object of filledIn.keys()) expect(compareObject(object, applied(object, tool))).toEqual({ differences: [], unknown: [] });
  });

  it.each<[string, KubernetesObject, object, string]>([
    ['the image of a container', deployment, inContainer({ image: 'haproxy:latest' }), 'spec.template.spec.containers[haproxy].image'],
    ['an argument', deployment, inContainer({ args: ['-f', 'other.cfg'] }), 'spec.template.spec.containers[haproxy].args[1]'],
    [
      'an added variable',
      deployment,
      inContainer({ env: [{}, { name: 'LD_PRELOAD', value: '/x.so' }] }),
      'spec.template.spec.containers[haproxy].env[LD_PRELOAD]',
    ],
    ['a command', deployment, inContainer({ command: ['sh'] }), 'spec.template.spec.containers[haproxy].command'],
    ['host networking', deployment, { spec: { template: { spec: { hostNetwork: true } } } }, 'spec.template.spec.hostNetwork'],
    ['a replica count of 0', deployment, { spec: { replicas: 0 } }, 'spec.replicas'],
    ['the content of a file', configMap, { data: { 'haproxy.cfg': 'frontend open\n' } }, 'data.haproxy.cfg'],
    ['an added file', configMap, { data: { 'more.cfg': '' } }, 'data.more.cfg'],
    ['a wider selector', service, { spec: { selector: { 'diptych/role': 'any' } } }, 'spec.selector.diptych/role'],
    ['a narrower selector', service, { spec: { selector: { version: 'two' } } }, 'spec.selector.version'],
    ['the type of a Service', service, { spec: { type: 'NodePort' } }, 'spec.type'],
    ['a target port', service, { spec: { ports: [{ targetPort: 8080 }] } }, 'spec.ports[0].targetPort'],
    ['an external IP', service, { spec: { externalIPs: ['192.0.2.7'] } }, 'spec.externalIPs'],
    ['an added egress rule', policy, { spec: { egress: [{}] } }, 'spec.egress'],
    ['an annotation', policy, { metadata: { annotations: { note: 'x' } } }, 'metadata.annotations.note'],
    ['an added owner reference', policy, { metadata: { ownerReferences: [{ kind: 'Pod' }] } }, 'metadata.ownerReferences'],
    ['the deletion timestamp', policy, { metadata: { deletionTimestamp: '2026-11-21T10:00:00Z' } }, 'metadata.deletionTimestamp'],
  ])('compareObject reports a difference in %s', (_what, object, change, attribute) => {
    expect(attributes(object, edited(applied(object, tool), change))).toEqual([attribute]);
  });
});

describe('a restarted Deployment', () => {
  const at = { 'kubectl.kubernetes.io/restartedAt': '2026-11-21T10:00:00Z' };

  it('compareObject ignores the annotation of kubectl rollout restart', () => {
    expect(attributes(deployment, edited(deployment, { spec: { template: { metadata: { annotations: at } } } }))).toEqual([]);
  });

  it('compareObject reports any other annotation of the pod template', () => {
    const annotated = edited(deployment, {
      spec: { template: { metadata: { annotations: { ...at, 'sidecar.example/inject': 'true' } } } },
    });
    expect(attributes(deployment, annotated)).toEqual(['spec.template.metadata.annotations.sidecar.example/inject']);
  });
});

describe('added fields', () => {
  const opened = edited(policy, { spec: { egress: [{}] } });

  it.each(['Terraform', 'HashiCorp', 'kube-controller-manager', 'diptych', 'kubectl-edit'])(
    'compareObject reports an added field whose field manager is %s',
    (manager) => {
      const managedFields = [{ manager, operation: 'Update', fieldsV1: { 'f:spec': { 'f:egress': {} } } }];
      expect(attributes(policy, edited(opened, { metadata: { managedFields } }))).toEqual(['spec.egress']);
    },
  );

  it('compareObject reports an added field without a field manager', () => {
    expect(attributes(policy, opened)).toEqual(['spec.egress']);
  });

  it('compareObject reports a field that has a value other than the API default', () => {
    expect(attributes(service, edited(service, { spec: { sessionAffinity: 'ClientIP' } }))).toEqual(['spec.sessionAffinity']);
  });

  it('compareObject reports a field that was added to an empty selector', () => {
    const narrowed = edited(policy, { spec: { podSelector: { matchLabels: { app: 'a' } } } });
    expect(attributes(policy, narrowed)).toEqual(['spec.podSelector.matchLabels']);
  });
});
