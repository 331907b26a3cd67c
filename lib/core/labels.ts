/** Label of pods and namespaces with the id of their zone. */
const zoneLabel = 'diptych/zone';

/** Label of the pods of a termination tier. Pods of a zone without this label are workloads. */
export const roleLabel = 'diptych/role';

/** Value of {@link roleLabel} on the pods of a termination tier. */
export const tierRole = 'tier';

/** Label of the namespace `kube-system` that identifies the cluster of a site. */
export const siteLabel = 'diptych/site';

/** Label with the name of a namespace. The API server sets it, so users cannot forge it. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Label of Kubernetes objects with the id of their estate. */
export const estateLabel = 'app.kubernetes.io/part-of';

/** Returns the labels of every Kubernetes object of an estate. */
export function objectLabels(estate: string, zone?: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'diptych',
    [estateLabel]: estate,
    ...(zone !== undefined && { [zoneLabel]: zone }),
  };
}

/** Returns the labels that select the pods of a tier. They must not change, because the selector of a Deployment is immutable. */
export function tierSelector(zone: string): Record<string, string> {
  return { [zoneLabel]: zone, [roleLabel]: tierRole };
}

/** Roles of the security groups of a zone at a cloud site. */
export const groupRoles = ['balancer', 'tier', 'workload'] as const;

export type GroupRole = (typeof groupRoles)[number];

/** Roles of the subnets of a zone at a cloud site. */
export const subnetRoles = ['balancer', 'tier'] as const;

export type SubnetRole = (typeof subnetRoles)[number];

/** Security groups of a cloud site outside zones: `platform` for all instances of tiers, `endpoints` for the interface endpoints. */
export const siteGroups = ['platform', 'endpoints'] as const;

/** CloudWatch namespace of the metrics of tiers. */
export const metricNamespace = 'Diptych';
