/** Port on which every tier answers health checks, at both halves. */
export const healthPort = 8404;

/** Port on which every tier serves its metrics, at both halves. */
export const metricsPort = 8405;

/** Port on which a cloud balancer's health checks and clients may not be mixed up with an endpoint's own. */
export const reservedPorts: readonly number[] = [healthPort, metricsPort];
