import { canonicalJson } from '../../../core/digest';
import { namespaceNameLabel } from '../../../core/labels';
import type { KubernetesObject } from '../../../readback/kubernetes/object';

/** Returns true if a live value is the default of a field that was not emitted. */
type IsDefault = (value: unknown, live: KubernetesObject) => boolean;

const is =
  (expected: unknown): IsDefault =>
  (value) =>
    canonicalJson(value) === canonicalJson(expected);

/** Accepts any value, for fields that the API server allocates. */
const any: IsDefault = () => true;

const inPod = (path: string) => new RegExp(`^spec\\.template\\.spec\\.${path}$`);
const inContainers = (path: string) => inPod(`(?:initContainers|containers)\\.${path}`);

/** Default scale-up behavior of an autoscaler that sets only scale-down. */
const scaleUp = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

/** Fields that are not emitted and their defaults, keyed by kind. The defaults are those of the API and of the Terraform provider. */
const apiDefaults: Readonly<Record<string, readonly (readonly [path: RegExp, isDefault: IsDefault])[]>> = {
  Deployment: [
    // The autoscaler sets the number of replicas, but it does not act on a Deployment with 0 replicas.
    [/^spec\.replicas$/, (value) => value !== 0],
    [inPod('dnsPolicy'), is('ClusterFirst')],
    [inPod('restartPolicy'), is('Always')],
    [inPod('schedulerName'), is('default-scheduler')],
    [inPod('securityContext'), is({})],
    // Deprecated alias of serviceAccountName, which the API server keeps in sync.
    [inPod('serviceAccount'), (value, { spec }) => value === accountOf(spec)],
    [inPod('shareProcessNamespace'), is(false)],
    [inPod('volumes\\..*optional'), is(false)],
    [inContainers('env\\..*optional'), is(false)],
    [inContainers('env\\.valueFrom\\.fieldRef\\.apiVersion'), is('v1')],
    [inContainers('env\\.valueFrom\\.resourceFieldRef\\.divisor'), is('0')],
    [inContainers('ports\\.protocol'), is('TCP')],
    [inContainers('resources'), is({})],
    [inContainers('terminationMessagePath'), is('/dev/termination-log')],
    [inContainers('terminationMessagePolicy'), is('File')],
    [inContainers('volumeMounts\\.mountPropagation'), is('None')],
    [inContainers('(?:liveness|readiness|startup)Probe\\.httpGet\\.scheme'), is('HTTP')],
    [inContainers('(?:liveness|readiness|startup)Probe\\.successThreshold'), is(1)],
  ],
  HorizontalPodAutoscaler: [[/^spec\.behavior\.scaleUp$/, is(scaleUp)]],
  Namespace: [
    [new RegExp(`^metadata\\.labels\\.${namespaceNameLabel}$`), (value, { metadata }) => value === metadata.name],
    [/^spec$/, is({ finalizers: ['kubernetes'] })],
  ],
  PriorityClass: [[/^preemptionPolicy$/, is('PreemptLowerPriority')]],
  Service: [
    [/^spec\.(?:clusterIPs?|ipFamil(?:ies|yPolicy)|healthCheckNodePort|ports\.nodePort)$/, any],
    [/^spec\.internalTrafficPolicy$/, is('Cluster')],
    [/^spec\.sessionAffinity$/, is('None')],
    [/^spec\.type$/, is('ClusterIP')],
    [/^spec\.ports\.protocol$/, is('TCP')],
  ],
};

/** Returns true if a live field that was not emitted has the value that the API server sets by default. */
export function isApiDefault(live: KubernetesObject, attribute: string, value: unknown): boolean {
  const path = attribute.replace(/\[[^\]]*\]/g, '');
  return apiDefaults[live.kind]?.some(([pattern, isDefault]) => pattern.test(path) && isDefault(value, live)) === true;
}

function accountOf(spec: unknown): string | undefined {
  return (spec as { template: { spec: { serviceAccountName?: string } } }).template.spec.serviceAccountName;
}
