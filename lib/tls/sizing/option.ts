import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import type { TierSite } from '../tier-site';
import type { Costs } from './costs';
import { devicesSuffice, type Fleet, fleetOf } from './fleet';
import { type Acceleration, demandOf } from './handshake';
import { type InstanceLoad, type Latency, loadOf, type Shape } from './instance';
import { closestLoad, largestLoadShare } from './load-share';
import { capacityOf, fitsMemory, type InstanceCapacity } from './memory';
import { shapesOf } from './shapes';

/** The load that a tier is sized for: endpoints, profile and site. */
export interface Load {
  readonly endpoints: readonly EndpointPlan[];
  readonly profile: ProfilePlan;
  readonly site: TierSite;
}

/** One way to run a tier that meets every budget. */
export interface Option {
  readonly acceleration: Acceleration;
  readonly shape: Shape;
  readonly fleet: Fleet;
  readonly capacity: InstanceCapacity;
  /** Cost of all instances in normal operation, in processor cores. */
  readonly costInCores: number;
  /** Figures of one instance at peak load, when only the needed instances are left. */
  readonly load: InstanceLoad;
}

/** Why a kind of acceleration is not possible. */
export type Obstacle =
  | { readonly kind: 'none-offered' }
  | { readonly kind: 'not-drivable' }
  | { readonly kind: 'fips' }
  | { readonly kind: 'budget'; readonly latencies: readonly Latency[] }
  | { readonly kind: 'devices'; readonly fleet: Fleet; readonly shape: Shape }
  | { readonly kind: 'memory'; readonly capacity: InstanceCapacity; readonly shape: Shape };

/** Result of sizing for one kind of acceleration. */
export type Outcome = { readonly option: Option } | { readonly obstacle: Obstacle };

function optionOf(load: Load, acceleration: Acceleration, shape: Shape, costs: Costs): Outcome {
  const demands = load.endpoints.map((endpoint) => demandOf(endpoint, load.profile, acceleration, costs));
  const share = largestLoadShare(demands, shape, costs);
  if (share === undefined) return { obstacle: { kind: 'budget', latencies: closestLoad(demands, shape, costs).latencies } };
  const capacity = capacityOf(load.endpoints, costs);
  if (!fitsMemory(shape.memoryMebibytes, capacity)) return { obstacle: { kind: 'memory', capacity, shape } };
  const fleet = fleetOf(Math.ceil(1 / share - 1e-6), load.site.failureDomains);
  if (!devicesSuffice(fleet, shape, load.site)) return { obstacle: { kind: 'devices', fleet, shape } };
  const atPeak = loadOf(demands, shape, 1 / fleet.needed, costs);
  return { option: { acceleration, shape, fleet, capacity, costInCores: fleet.instances * shape.costInCores, load: atPeak } };
}

/** Highest ratio of latency to budget over all endpoints. */
function excess(latencies: readonly Latency[]): number {
  return Math.max(...latencies.map(({ microseconds, budgetMicroseconds }) => microseconds / budgetMicroseconds));
}

/** Chooses the obstacle to report: one that is not a latency budget if there is any, else the budgets that are missed by the least. */
function leastObstacle(obstacles: readonly Obstacle[]): Obstacle {
  const budgets = obstacles.filter((one) => one.kind === 'budget');
  const other = obstacles.findLast((one) => one.kind !== 'budget');
  if (other || budgets.length === 0) return other ?? { kind: 'none-offered' };
  return budgets.reduce((closest, one) => (excess(one.latencies) < excess(closest.latencies) ? one : closest));
}

/** Returns the option with fewer instances, and among equals the cheaper one, so that tiers grow in instance size before they grow in number. */
function preferable(one: Option, other: Option): Option {
  const byCount = other.fleet.instances - one.fleet.instances;
  return byCount < 0 || (byCount === 0 && other.costInCores < one.costInCores) ? other : one;
}

/** Smallest possible fleet: two instances in two failure domains. */
const smallestFleet = 2;

/** Sizes a tier for one kind of acceleration; returns the best option, or the obstacle if there is none. */
export function sizeTier(load: Load, acceleration: Acceleration, costs: Costs): Outcome {
  const shapes = [...shapesOf(load.site, acceleration, costs)].sort((one, other) => one.costInCores - other.costInCores);
  const obstacles: Obstacle[] = [];
  let best: Option | undefined;
  for (const shape of shapes) {
    const outcome = optionOf(load, acceleration, shape, costs);
    if ('obstacle' in outcome) obstacles.push(outcome.obstacle);
    else best = best ? preferable(best, outcome.option) : outcome.option;
    // Shapes are sorted by cost, so no later one can be better than the smallest possible fleet.
    if (best?.fleet.instances === smallestFleet) break;
  }
  return best ? { option: best } : { obstacle: leastObstacle(obstacles) };
}
