import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution as Preference,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { TierContext } from './context';

/** Labels of node feature discovery for the processor instructions that speed up TLS most. */
const cpuFeatures = ['AVX512IFMA', 'VAES', 'AESNI'].map((feature) => `feature.node.kubernetes.io/cpu-cpuid.${feature}`);

/** Weights of node preferences, from 1 to 100. */
const cpuFeatureWeight = 10;
const deviceNodeWeight = 50;

function prefers(weight: number, key: string, operator: string, values?: string[]): Preference {
  return { weight, preference: { matchExpressions: [{ key, operator, values }] } };
}

/**
 * Selects nodes for an instance: nodes with devices for a hardware tier, and preferably fast nodes without devices for a software tier.
 *
 * Only devices are a hard requirement, because not every cluster runs feature discovery and a full cluster must still schedule pods.
 */
export function placement({ site, tier }: TierContext): Pick<DeploymentV1SpecTemplateSpec, 'nodeSelector' | 'affinity'> {
  if (tier.device) return { nodeSelector: { [tier.device.nodeLabel]: 'true' } };
  const preferences = [
    ...(site.deviceNodeLabel ? [prefers(deviceNodeWeight, site.deviceNodeLabel, 'DoesNotExist')] : []),
    ...cpuFeatures.map((feature) => prefers(cpuFeatureWeight, feature, 'In', ['true'])),
  ];
  return { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferences } } };
}
