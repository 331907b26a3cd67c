/** Calico shows the policies of Kubernetes itself as its own, by these names. */
const shadow = /^(?:knp\.default|kanp\.adminnetworkpolicy|kbanp\.baselineadminnetworkpolicy)\./;

/** Whether a policy of Calico is one of Kubernetes, shown once more. */
export function isShadow(name: string): boolean {
  return shadow.test(name);
}
