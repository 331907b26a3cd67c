import { Construct } from 'constructs';
import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';
import { backendRules } from './backends';
import { inboundRules, outboundRules } from './flows';
import { containerDefaults, exposureQuota } from './limits';
import { zoneNamespace } from './namespace';
import { allow, denyByDefault, type PolicyScope } from './network-policy';
import { platformRules } from './platform';

/** Namespace, resource limits and NetworkPolicies of a zone on a cluster. */
export class ZoneSegment extends Construct {
  /** Namespace of the zone's other objects. A reference if Terraform creates the namespace, so that it is created first. */
  readonly namespace: string;

  constructor(scope: Construct, zone: OnPremZonePlan, site: KubernetesSiteScope) {
    super(scope, zone.id);
    const created = site.namespaces === 'create' ? zoneNamespace(this, zone, site) : undefined;
    this.namespace = created?.metadata.name ?? site.namespace(zone.id);
    const at: PolicyScope = { estate: site.estate, zone: zone.id, namespace: this.namespace };
    if (created) {
      containerDefaults(this, at);
      exposureQuota(this, zone, at);
    }
    this.addNetworkPolicies(zone, site, at);
  }

  private addNetworkPolicies(zone: OnPremZonePlan, site: KubernetesSiteScope, at: PolicyScope): void {
    // Peers are plain names, because references between two zones that allow each other would be a cycle.
    const namespaceOf = (other: string): string => site.namespace(other);
    denyByDefault(this, at);
    const policyRules = [
      ...inboundRules(zone, namespaceOf),
      ...outboundRules(zone, namespaceOf),
      ...backendRules(zone),
      ...platformRules(zone, site.platformFlows),
    ];
    for (const rule of policyRules) allow(this, at, rule);
  }
}
