import { clientChecks } from './client-checks';
import { serverChecks } from './server-checks';
import type { TierCheck } from './tier-check';

/** Everything that has to hold of an endpoint of a running tier. */
export const tierChecks: readonly TierCheck[] = [...clientChecks, ...serverChecks];
