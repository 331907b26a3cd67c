import type { DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { healthPort, metricsPort } from '../../core/ports';
import { command, environment } from '../haproxy/container';
import type { TierContext } from './context';
import { probes } from './probes';
import { instanceResources } from './resources';
import type { MountedVolume } from './volumes';

/** Asks HAProxy, the container's first process, to finish its sessions, and holds the kubelet back until it has. */
const drain = ['/bin/sh', '-c', 'kill -USR1 1; while kill -0 1 2>/dev/null; do sleep 1; done'];

function ports({ zone, haproxy }: TierContext) {
  return [
    ...zone.endpoints.map(({ port }) => ({ containerPort: port, protocol: 'TCP' })),
    { name: 'health', containerPort: healthPort, protocol: 'TCP' },
    ...(haproxy.features.includes('prometheus-exporter') ? [{ name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }] : []),
  ];
}

/** What both containers of the image are: unprivileged, and given the instance's resources. */
export function confined({ site, tier, haproxy }: TierContext) {
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

/** The container that serves. */
export function haproxyContainer(context: TierContext, volumes: readonly MountedVolume[]): DeploymentV1SpecTemplateSpecContainer {
  return {
    ...confined(context),
    name: 'haproxy',
    command: [...command],
    env: [
      { name: environment.site, value: context.site.site },
      { name: environment.instance, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    port: ports(context),
    ...probes,
    lifecycle: { preStop: [{ exec: { command: drain } }] },
    volumeMount: volumes.flatMap(({ serving }) => serving ?? []),
  };
}
