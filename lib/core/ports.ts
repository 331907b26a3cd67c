/** Port for health checks of every tier, on-prem and in the cloud. */
export const healthPort = 8404;

/** Port for metrics of every tier, on-prem and in the cloud. */
export const metricsPort = 8405;

/** Ports that endpoints cannot use, because tiers use them for health checks and metrics. */
export const reservedPorts: readonly number[] = [healthPort, metricsPort];
