import { presets } from '../../../lib/tls/profiles';
import type { TierSite } from '../../../lib/tls/tier-site';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';

/** An endpoint as planned, with a hundred new sessions a second. */
export function endpointOf(changed: Partial<EndpointPlan>): EndpointPlan {
  return {
    id: 'fix',
    port: 9443,
    serverNames: ['fix.orders.example.com'],
    protocol: 'fix',
    clientAuthentication: 'none',
    keyAlgorithms: ['ecdsa-p256'],
    peakNewSessionsPerSecond: 100,
    resumptionRatio: 0,
    concurrentSessions: 1_000,
    latencyBudget: { microseconds: 50_000, percentile: 0.99 },
    drainSeconds: 300,
    idleTimeoutSeconds: 350,
    backend: { port: 9500, servers: [{ name: 'a', address: '10.50.0.10' }], serverName: 'fix.orders.example.com', clientIdentity: 'none' },
    ...changed,
  };
}

export function profileOf(name: keyof typeof presets) {
  return presets[name];
}

/** More devices than any load here needs. */
export const devices = {
  generation: 'qat-gen4',
  nodesPerFailureDomain: 400,
  devicesPerNode: 8,
  nodeLabel: 'intel.feature.node.kubernetes.io/qat',
} as const;

/** A cluster of two halls. */
export const cluster: TierSite = {
  id: 'frankfurt',
  kind: 'on-prem',
  failureDomains: 2,
  hardware: devices,
};

/** A region of three availability zones. */
export const region: TierSite = {
  id: 'cloud',
  kind: 'cloud',
  failureDomains: 3,
  instanceTypes: { software: ['c7i.large', 'c7i.xlarge', 'c7i.2xlarge', 'c7i.4xlarge'], hardware: ['c7i.metal-24xl'] },
};
