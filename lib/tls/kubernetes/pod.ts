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
import { initContainers } from './init-container';
import { placement } from './placement';
import { terminationSeconds } from './rollout';
import { mountedVolumes } from './volumes';

const securityContext: DeploymentV1SpecTemplateSpecSecurityContext = {
  runAsNonRoot: true,
  // The container runtime gives devices to the user and group only if both are set.
  runAsUser: String(containerUser.uid),
  runAsGroup: String(containerUser.gid),
  fsGroup: String(containerUser.gid),
  seccompProfile: { type: 'RuntimeDefault' },
  // Endpoints may use ports below 1024; this sysctl avoids the capability NET_BIND_SERVICE.
  sysctl: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
};

/**
 * Spreads the instances of each revision separately, so that they are still spread evenly after a rolling update.
 *
 * Domains whose nodes are tainted do not count. Otherwise the loss of one domain would keep replacements out of the others.
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

/** The pod template of a tier. */
export function tierPod(context: TierContext, configurationName: string): DeploymentV1SpecTemplateSpec {
  const { site, zone, tier } = context;
  const volumes = mountedVolumes(context, configurationName);
  const initContainer = initContainers(context, volumes);
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
