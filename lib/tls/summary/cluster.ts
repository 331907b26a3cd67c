import { stackName } from '../../artifacts/stack-kinds';
import { roleLabel } from '../../core/labels';
import { fileDescriptors } from '../haproxy/capacity';
import { unreadySeconds } from '../haproxy/container';
import type { PlannedOnPremSite } from '../planned-site';

/** Settings of a cluster that tiers depend on and that no emitted object can set or check. */

function drain({ loadBalancer, tiers }: PlannedOnPremSite): string {
  const longestSeconds = Math.max(...tiers.map(({ drainSeconds }) => drainSeconds));
  switch (loadBalancer) {
    case 'metallb':
      return `Rollouts and node drains happen at times without sessions: MetalLB withdraws the address from a node ${unreadySeconds} s after its last instance starts to stop, which cuts open sessions whatever drainSeconds is.`;
    case 'draining':
      return `The load balancer keeps open sessions at a stopping pod for up to ${longestSeconds} s, also if no other pod of the node is ready, as loadBalancer: draining declares.`;
    default:
      return `The load balancer keeps open sessions at a stopping pod for up to ${longestSeconds} s. MetalLB does not, because the Services have externalTrafficPolicy: Local and it withdraws the address from a node without a ready pod: \`kubectl get pods --all-namespaces\` shows pods of MetalLB; declare loadBalancer to make the plan exact.`;
  }
}

/** Preconditions of a cluster that runs tiers; none without tiers. */
export function clusterPreconditions(site: PlannedOnPremSite): string[] {
  if (site.tiers.length === 0) return [];
  const descriptors = Math.max(...site.tiers.map(fileDescriptors));
  return [
    `The container runtime lets a container open ${descriptors} files, since HAProxy does not start with fewer: LimitNOFILE of the systemd unit of the runtime is at least as high, or infinity; \`ulimit -Hn\` in a pod shows it.`,
    drain(site),
    `The cluster runs Kubernetes 1.30 or later, and its controllers use credentials of their own (--use-service-account-credentials=true of the controller manager), since stack ${stackName(site.id, 'extensions')} admits pods with the label ${roleLabel} only from the controllers of a tier: \`kubectl get serviceaccount replicaset-controller --namespace kube-system\` shows an account. Before this stack is deployed, only the permissions of users in the namespaces keep others from such pods.`,
  ];
}
