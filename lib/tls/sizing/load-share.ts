import type { Costs } from './costs';
import type { EndpointDemand } from './handshake';
import { type InstanceLoad, loadOf, type Shape, sustains } from './instance';

/** Number of shares to try. Below the smallest of them, an instance would be almost idle, which is no useful answer. */
const steps = 32;

/** Shares to try, largest first: from the target utilization down to 1/32 of it. */
function candidates(demands: readonly EndpointDemand[], shape: Shape, costs: Costs): number[] {
  const whole = loadOf(demands, shape, 1, costs);
  const busiest = Math.max(whole.utilization, whole.device?.utilization ?? 0);
  const most = Math.min(1, costs.targetUtilization / busiest);
  return Array.from({ length: steps }, (_, index) => most * (1 - index / steps));
}

/** Finds the largest share of a site's load (0 to 1) that one instance carries within every budget; undefined if no share is small enough. */
export function largestLoadShare(demands: readonly EndpointDemand[], shape: Shape, costs: Costs): number | undefined {
  const carries = (share: number) => sustains(loadOf(demands, shape, share, costs), costs);
  if (carries(1)) return 1;
  const shares = candidates(demands, shape, costs);
  const found = shares.findIndex(carries);
  if (found < 0) return undefined;
  let low = shares[found] ?? 0;
  let high = shares[found - 1] ?? low;
  for (let round = 0; round < 20 && high > low; round++) {
    const middle = (low + high) / 2;
    if (carries(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Returns the figures at which an instance comes closest to its budgets, for the error that no share meets them. */
export function closestLoad(demands: readonly EndpointDemand[], shape: Shape, costs: Costs): InstanceLoad {
  const excess = ({ latencies }: InstanceLoad) => Math.max(...latencies.map((one) => one.microseconds / one.budgetMicroseconds));
  const loads = candidates(demands, shape, costs).map((share) => loadOf(demands, shape, share, costs));
  return loads.reduce((closest, load) => (excess(load) <= excess(closest) ? load : closest));
}
