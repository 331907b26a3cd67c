import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';

/** Pod Security labels: violations are rejected, reported to the user as warnings and recorded in the audit log. */
const podSecurity = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));

/** Time to delete a namespace in addition to its longest drain, in seconds. */
const removalSeconds = 900;

function deleteTimeout({ endpoints }: OnPremZonePlan): string {
  const longestDrainSeconds = Math.max(0, ...endpoints.map(({ drainSeconds }) => drainSeconds));
  return `${longestDrainSeconds + removalSeconds}s`;
}

/** Namespace of a zone. Egress gateways read the zone's egress addresses from its annotation. */
export function zoneNamespace(scope: Construct, zone: OnPremZonePlan, { estate }: KubernetesSiteScope): NamespaceV1 {
  const { egressCidr } = zone.addresses;
  return new NamespaceV1(scope, 'namespace', {
    metadata: {
      name: zone.id,
      labels: { ...objectLabels(estate, zone.id), ...podSecurity },
      ...(egressCidr && { annotations: { 'diptych/egress-cidr': egressCidr } }),
    },
    timeouts: { delete: deleteTimeout(zone) },
    // Replacing a namespace deletes everything in it.
    ...(zone.criticality === 'critical' && { lifecycle: { preventDestroy: true } }),
  });
}
