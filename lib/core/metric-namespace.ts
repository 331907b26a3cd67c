/** Namespace of the metrics that tiers write in the cloud. */
export const metricNamespace = 'Diptych';
