import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';

/** Pod Security: what does not meet the level is refused, and said to whoever writes it and to the audit log. */
const podSecurity = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));

/** What removing everything else in a namespace may take on top of its longest drain, in seconds. */
const removalSeconds = 900;

function deleteTimeout({ endpoints }: OnPremZonePlan): string {
  const longestDrainSeconds = Math.max(0, ...endpoints.map(({ drainSeconds }) => drainSeconds));
  return `${longestDrainSeconds + removalSeconds}s`;
}

/** The namespace of a zone. Egress gateways read from it with which addresses the zone leaves the cluster. */
export function zoneNamespace(scope: Construct, zone: OnPremZonePlan, { estate }: KubernetesSiteScope): NamespaceV1 {
  const { egressCidr } = zone.addresses;
  return new NamespaceV1(scope, 'namespace', {
    metadata: {
      name: zone.id,
      labels: { ...objectLabels(estate, zone.id), ...podSecurity },
      ...(egressCidr && { annotations: { 'diptych/egress-cidr': egressCidr } }),
    },
    timeouts: { delete: deleteTimeout(zone) },
    // A replaced namespace takes everything in it along.
    ...(zone.criticality === 'critical' && { lifecycle: { preventDestroy: true } }),
  });
}
