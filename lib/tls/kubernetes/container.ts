import type { DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { healthPort, metricsPort } from '../../core/ports';
import { command, environment } from '../haproxy/container';
import type { TierContext } from './context';
import { probes } from './probes';
import { instanceResources } from './resources';
import type { MountedVolume } from './volumes';

/** Soft-stops HAProxy, which is process 1, and delays the kubelet's SIGTERM until all sessions are finished. */
const drainCommand = ['/bin/sh', '-c', 'kill -USR1 1; while kill -0 1 2>/dev/null; do sleep 1; done'];

function ports({ zone, haproxy }: TierContext) {
  return [
    ...zone.endpoints.map(({ port }) => ({ containerPort: port, protocol: 'TCP' })),
    { name: 'health', containerPort: healthPort, protocol: 'TCP' },
    ...(haproxy.features.includes('prometheus-exporter') ? [{ name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }] : []),
  ];
}

/** Attributes of both containers of the pod: image, resources, and an unprivileged security context. */
export function hardenedContainer({ site, tier, haproxy }: TierContext) {
  const resources = instanceResources(tier);
  return {
    image: `${site.imageRepository}@${haproxy.imageDigest}`,
    imagePullPolicy: 'IfNotPresent',
    resources: { requests: resources, limits: resources },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** The container that serves clients. */
export function haproxyContainer(context: TierContext, volumes: readonly MountedVolume[]): DeploymentV1SpecTemplateSpecContainer {
  return {
    ...hardenedContainer(context),
    name: 'haproxy',
    command: [...command],
    env: [
      { name: environment.site, value: context.site.site },
      { name: environment.instance, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: environment.address, valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ],
    port: ports(context),
    ...probes,
    lifecycle: { preStop: [{ exec: { command: drainCommand } }] },
    volumeMount: volumes.flatMap(({ mount }) => mount ?? []),
  };
}
