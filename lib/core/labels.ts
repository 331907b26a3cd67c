/** Label of every pod and namespace that names its zone. */
const zoneLabel = 'diptych/zone';

/** Label of the pods of a termination tier; pods of a zone without it are its workloads. */
export const roleLabel = 'diptych/role';

/** Value of {@link roleLabel} on the pods of a termination tier. */
export const tierRole = 'tier';

/** Label of namespace `kube-system` that says which site a cluster is. */
export const siteLabel = 'diptych/site';

/** Label that the API server itself keeps on every namespace, so that nobody can claim another's name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Label of every object of an estate that names it. */
export const estateLabel = 'app.kubernetes.io/part-of';

/** Labels that every object of an estate carries. */
export function objectLabels(estate: string, zone?: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'diptych',
    [estateLabel]: estate,
    ...(zone !== undefined && { [zoneLabel]: zone }),
  };
}

/** Labels by which a zone's tier is selected: they never change, since a Deployment's selector cannot. */
export function tierSelector(zone: string): Record<string, string> {
  return { [zoneLabel]: zone, [roleLabel]: tierRole };
}

/** Roles of a zone's security groups in the cloud. */
export const groupRoles = ['balancer', 'tier', 'workload'] as const;

export type GroupRole = (typeof groupRoles)[number];

/** Roles of a zone's subnets in the cloud. */
export const subnetRoles = ['balancer', 'tier'] as const;

export type SubnetRole = (typeof subnetRoles)[number];

/** Security groups of a cloud site that belong to no zone: of every tier instance, and of the interface endpoints. */
export const siteGroups = ['platform', 'endpoints'] as const;
