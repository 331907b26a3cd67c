/** Roles that a zone's security groups play in the cloud. */
export type GroupRole = 'balancer' | 'tier' | 'workload';
