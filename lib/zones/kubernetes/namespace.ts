import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';

/** Pod Security: what does not meet the level is refused, and said to whoever writes it and to the audit log. */
const podSecurity = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));

/** How long the objects of a namespace may take to go, their longest drain included. */
const deleteTimeout = '75m';

/** The namespace of a zone. Egress gateways read from it with which addresses the zone leaves the cluster. */
export function zoneNamespace(scope: Construct, zone: OnPremZonePlan, { estate }: KubernetesSiteScope): NamespaceV1 {
  const { egressCidr } = zone.addresses;
  return new NamespaceV1(scope, 'namespace', {
    metadata: {
      name: zone.id,
      labels: { ...objectLabels(estate, zone.id), ...podSecurity },
      ...(egressCidr && { annotations: { 'diptych/egress-cidr': egressCidr } }),
    },
    timeouts: { delete: deleteTimeout },
    // A replaced namespace takes everything in it along.
    ...(zone.criticality === 'critical' && { lifecycle: { preventDestroy: true } }),
  });
}
