import { canonicalJson } from '../../../core/digest';
import { namespaceNameLabel } from '../../../core/labels';
import type { KubernetesObject } from '../../../readback/kubernetes/object';

/** Whether a value means the same as not stating it. */
type Meaning = (value: unknown, live: KubernetesObject) => boolean;

const is =
  (expected: unknown): Meaning =>
  (value) =>
    canonicalJson(value) === canonicalJson(expected);

/** The API server chooses the value itself. */
const any: Meaning = () => true;

const inPod = (path: string) => new RegExp(`^spec\\.template\\.spec\\.${path}$`);
const inContainers = (path: string) => inPod(`(?:initContainers|containers)\\.${path}`);

/** How an autoscaler of which only the way down was stated goes up. */
const scaleUp = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

/** By kind, fields that are left open, and what they hold then: defaults of the API, and what Terraform's provider spells out. */
const apiDefaults: Readonly<Record<string, readonly (readonly [path: RegExp, meaning: Meaning])[]>> = {
  Deployment: [
    // Their number is an autoscaler's affair, but for none, at which it stands still.
    [/^spec\.replicas$/, (value) => value !== 0],
    [inPod('dnsPolicy'), is('ClusterFirst')],
    [inPod('restartPolicy'), is('Always')],
    [inPod('schedulerName'), is('default-scheduler')],
    [inPod('securityContext'), is({})],
    // The old name of the field is kept beside the new.
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

/** Whether a field that was not emitted is as a cluster leaves it where nobody states it. */
export function isApiDefault(live: KubernetesObject, attribute: string, value: unknown): boolean {
  const path = attribute.replace(/\[[^\]]*\]/g, '');
  return apiDefaults[live.kind]?.some(([pattern, meaning]) => pattern.test(path) && meaning(value, live)) === true;
}

function accountOf(spec: unknown): string | undefined {
  return (spec as { template: { spec: { serviceAccountName?: string } } }).template.spec.serviceAccountName;
}
