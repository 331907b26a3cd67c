import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecSecurityContext,
  DeploymentV1SpecTemplateSpecTopologySpreadConstraint,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { tierSelector } from '../../core/labels';
import { containerUser } from '../haproxy/container';
import { haproxyContainer } from './container';
import type { TierContext } from './context';
import { tierName } from './context';
import { choosing } from './init-container';
import { placement } from './placement';
import { terminationSeconds } from './rollout';
import { mountedVolumes } from './volumes';

const securityContext: DeploymentV1SpecTemplateSpecSecurityContext = {
  runAsNonRoot: true,
  // A container runtime hands devices over to user and group only where both are named.
  runAsUser: String(containerUser.uid),
  runAsGroup: String(containerUser.gid),
  fsGroup: String(containerUser.gid),
  seccompProfile: { type: 'RuntimeDefault' },
  // Endpoints listen on their own ports, also those below 1024, without a capability.
  sysctl: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
};

/**
 * Spreads the instances of one revision, so that a rollout ends as evenly as it began.
 *
 * Domains whose nodes are tainted do not count: else the loss of one would keep replacements from the others.
 */
function spread(zone: string, topologyKey: string, whenUnsatisfiable: string): DeploymentV1SpecTemplateSpecTopologySpreadConstraint {
  return {
    topologyKey,
    whenUnsatisfiable,
    maxSkew: 1,
    labelSelector: [{ matchLabels: tierSelector(zone) }],
    matchLabelKeys: ['pod-template-hash'],
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: 'Honor',
  };
}

/** The pod of an instance. */
export function tierPod(context: TierContext, configurationName: string): DeploymentV1SpecTemplateSpec {
  const { site, zone, tier } = context;
  const volumes = mountedVolumes(context, configurationName);
  const initContainer = choosing(context, volumes);
  return {
    serviceAccountName: tierName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: site.priorityClass(zone.criticality),
    terminationGracePeriodSeconds: terminationSeconds(tier),
    securityContext,
    ...placement(context),
    topologySpreadConstraint: [
      spread(zone.id, site.failureDomainLabel, 'DoNotSchedule'),
      spread(zone.id, 'kubernetes.io/hostname', 'ScheduleAnyway'),
    ],
    ...(initContainer.length > 0 && { initContainer }),
    container: [haproxyContainer(context, volumes)],
    volume: volumes.map(({ volume }) => volume),
  };
}
