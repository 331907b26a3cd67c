import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import type { TierSite } from '../tier-site';
import type { Costs } from './costs';
import { devicesSuffice, type Fleet, fleetOf } from './fleet';
import { type Acceleration, demandOf } from './handshake';
import { type InstanceLoad, type Latency, loadOf, type Shape } from './instance';
import { closestLoad, largestLoadShare } from './load-share';
import { capacityOf, holds, type Room } from './memory';
import { shapesOf } from './shapes';

/** What a tier is sized from. */
export interface Load {
  readonly endpoints: readonly EndpointPlan[];
  readonly profile: ProfilePlan;
  readonly site: TierSite;
}

/** One way to run a tier that keeps to every budget. */
export interface Option {
  readonly acceleration: Acceleration;
  readonly shape: Shape;
  readonly fleet: Fleet;
  readonly room: Room;
  /** Of all instances that run when nothing has failed, in processor cores. */
  readonly costInCores: number;
  /** Of one instance at the peak, when as few are left as the peak needs. */
  readonly load: InstanceLoad;
}

/** Why a kind of acceleration has no option. */
export type Obstacle =
  | { readonly kind: 'none-offered' }
  | { readonly kind: 'not-drivable' }
  | { readonly kind: 'fips' }
  | { readonly kind: 'budget'; readonly latencies: readonly Latency[] }
  | { readonly kind: 'devices'; readonly fleet: Fleet; readonly shape: Shape }
  | { readonly kind: 'memory'; readonly fleet: Fleet; readonly room: Room; readonly shape: Shape };

export type Outcome = { readonly option: Option } | { readonly obstacle: Obstacle };

/** Where a fleet grows no further for memory alone: a larger machine is the answer long before. */
const mostForMemory = 100;

/** The smallest fleet of at least so many instances that also hold all sessions, or what each of the most instances would need. */
function withRoom(
  { endpoints, site }: Pick<Load, 'endpoints' | 'site'>,
  shape: Shape,
  needed: number,
  costs: Costs,
): { fleet: Fleet; room: Room } | Extract<Obstacle, { kind: 'memory' }> {
  for (let count = needed; ; count++) {
    const fleet = fleetOf(count, site.failureDomains);
    const room = capacityOf(endpoints, fleet, costs);
    if (holds(shape.memoryMebibytes, room)) return { fleet, room };
    if (count >= mostForMemory) return { kind: 'memory', fleet, room, shape };
  }
}

function optionOf(load: Load, acceleration: Acceleration, shape: Shape, costs: Costs): Outcome {
  const demands = load.endpoints.map((endpoint) => demandOf(endpoint, load.profile, acceleration, costs));
  const share = largestLoadShare(demands, shape, costs);
  if (share === undefined) return { obstacle: { kind: 'budget', latencies: closestLoad(demands, shape, costs).latencies } };
  const outcome = withRoom(load, shape, Math.ceil(1 / share - 1e-6), costs);
  if ('kind' in outcome) return { obstacle: outcome };
  const { fleet, room } = outcome;
  if (!devicesSuffice(fleet, shape, load.site)) return { obstacle: { kind: 'devices', fleet, shape } };
  const atPeak = loadOf(demands, shape, 1 / fleet.needed, costs);
  return { option: { acceleration, shape, fleet, room, costInCores: fleet.instances * shape.costInCores, load: atPeak } };
}

/** How far the worst endpoint is from its budget, as a ratio. */
function excess(latencies: readonly Latency[]): number {
  return Math.max(...latencies.map(({ microseconds, budgetMicroseconds }) => microseconds / budgetMicroseconds));
}

/** The obstacle that is closest to being none. */
function leastObstacle(obstacles: readonly Obstacle[]): Obstacle {
  const budgets = obstacles.filter((one) => one.kind === 'budget');
  const other = obstacles.findLast((one) => one.kind !== 'budget');
  if (other || budgets.length === 0) return other ?? { kind: 'none-offered' };
  return budgets.reduce((closest, one) => (excess(one.latencies) < excess(closest.latencies) ? one : closest));
}

/** The way with the fewest instances, and of those the one with the least cost: up before out, so that the count follows the load. */
function preferable(one: Option, other: Option): Option {
  const byCount = other.fleet.instances - one.fleet.instances;
  return byCount < 0 || (byCount === 0 && other.costInCores < one.costInCores) ? other : one;
}

/** No fleet is smaller: two instances in two failure domains. */
const smallestFleet = 2;

/** How a tier would run with one kind of acceleration, or what stands against it. */
export function sizeTier(load: Load, acceleration: Acceleration, costs: Costs): Outcome {
  const shapes = [...shapesOf(load.site, acceleration, costs)].sort((one, other) => one.costInCores - other.costInCores);
  const obstacles: Obstacle[] = [];
  let best: Option | undefined;
  for (const shape of shapes) {
    const outcome = optionOf(load, acceleration, shape, costs);
    if ('obstacle' in outcome) obstacles.push(outcome.obstacle);
    else best = best ? preferable(best, outcome.option) : outcome.option;
    // The next ones cost more, and none has fewer instances.
    if (best?.fleet.instances === smallestFleet) break;
  }
  return best ? { option: best } : { obstacle: leastObstacle(obstacles) };
}
