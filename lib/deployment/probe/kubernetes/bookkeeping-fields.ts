/** Labels and annotations that controllers and deployment tools write for their own use. They do not affect admission or scheduling. */
const bookkeepingKeys = new Set([
  // Kubernetes and kubectl
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
  // MetalLB
  'metallb.io/ip-allocated-from-pool',
  'metallb.universe.tf/ip-allocated-from-pool',
  // Argo CD
  'app.kubernetes.io/instance',
  'argocd.argoproj.io/installation-id',
  'argocd.argoproj.io/instance',
  'argocd.argoproj.io/tracking-id',
  // Flux
  'helm.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/namespace',
  'kustomize.toolkit.fluxcd.io/checksum',
  'kustomize.toolkit.fluxcd.io/name',
  'kustomize.toolkit.fluxcd.io/namespace',
  // OpenShift
  'openshift.io/internal-registry-pull-secret-ref',
  'openshift.io/sa.scc.mcs',
  'openshift.io/sa.scc.supplemental-groups',
  'openshift.io/sa.scc.uid-range',
]);

/** Set by `kubectl rollout restart`, which replaces pods without changing what they run. */
const restartedAt = 'spec.template.metadata.annotations.kubectl.kubernetes.io/restartedAt';

/** Returns true for a label or an annotation that a controller or a deployment tool writes for its own use. */
export function isBookkeepingField(attribute: string): boolean {
  if (attribute === restartedAt) return true;
  const [, key] = /^metadata\.(?:labels|annotations)\.(.+)$/.exec(attribute) ?? [];
  return key !== undefined && bookkeepingKeys.has(key);
}
