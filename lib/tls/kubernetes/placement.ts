import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution as Preference,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { TierContext } from './context';

/** Labels by which node feature discovery names the instructions that TLS gains most from. */
const cpuFeatures = ['AVX512IFMA', 'VAES', 'AESNI'].map((feature) => `feature.node.kubernetes.io/cpu-cpuid.${feature}`);

const cpuFeatureWeight = 10;
const deviceNodeWeight = 50;

function prefers(weight: number, key: string, operator: string, values?: string[]): Preference {
  return { weight, preference: { matchExpressions: [{ key, operator, values }] } };
}

/**
 * On which nodes an instance belongs: one with devices on nodes that have them, any other on fast nodes that have none.
 *
 * Only devices are a must: features are not discovered in every cluster, and a full cluster still has to serve.
 */
export function placement({ site, tier }: TierContext): Pick<DeploymentV1SpecTemplateSpec, 'nodeSelector' | 'affinity'> {
  if (tier.device) return { nodeSelector: { [tier.device.nodeLabel]: 'true' } };
  const preferences = [
    ...(site.deviceNodeLabel ? [prefers(deviceNodeWeight, site.deviceNodeLabel, 'DoesNotExist')] : []),
    ...cpuFeatures.map((feature) => prefers(cpuFeatureWeight, feature, 'In', ['true'])),
  ];
  return { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferences } } };
}
