import type { Costs } from './costs';
import type { Acceleration } from './handshake';
import type { Latency } from './instance';
import { type Load, type Obstacle, type Option, sizeTier } from './option';
import { offersHardware } from './shapes';

/** Acceleration that a zone requests: a fixed kind, or `auto` for the one that meets the budgets at the lowest cost. */
export type RequestedAcceleration = Acceleration | 'auto';

/** The chosen way to run a tier, with both ways that were examined. */
export interface Choice {
  readonly asked: RequestedAcceleration;
  readonly software: Option | Obstacle;
  readonly hardware: Option | Obstacle;
  /** Absent if no permitted way meets the budgets. */
  readonly chosen?: Option;
}

/** True if an outcome is a way to run the tier rather than an obstacle. */
export function isOption(outcome: Option | Obstacle): outcome is Option {
  return 'fleet' in outcome && 'load' in outcome;
}

function sizeOption(load: Load, acceleration: Acceleration, costs: Costs): Option | Obstacle {
  const outcome = sizeTier(load, acceleration, costs);
  return 'option' in outcome ? outcome.option : outcome.obstacle;
}

function hardwareOf(load: Load, drivable: boolean, costs: Costs): Option | Obstacle {
  if (!offersHardware(load.site)) return { kind: 'none-offered' };
  if (!drivable) return { kind: 'not-drivable' };
  // Device providers are not part of the module that is validated under FIPS 140.
  return load.profile.fipsProvider ? { kind: 'fips' } : sizeOption(load, 'hardware', costs);
}

/**
 * Decides how a tier runs: `auto` chooses the way that meets every budget at the lowest cost, and software if both cost the same.
 *
 * @param drivable - true if the declared build can hand work to a device
 */
export function choose(load: Load, asked: RequestedAcceleration, drivable: boolean, costs: Costs): Choice {
  const hardware = hardwareOf(load, drivable, costs);
  const software = sizeOption(load, 'software', costs);
  const candidates = [software, hardware].filter(isOption).filter(({ acceleration }) => asked === 'auto' || asked === acceleration);
  const chosen = candidates.reduce<Option | undefined>(
    (best, one) => (best && best.costInCores <= one.costInCores ? best : one),
    undefined,
  );
  return { asked, software, hardware, ...(chosen && { chosen }) };
}

/** Latencies that come closest to the budgets, if every permitted way fails because of them. */
export function closest({ asked, software, hardware }: Choice): readonly Latency[] | undefined {
  const ways = asked === 'auto' ? [software, hardware] : [asked === 'hardware' ? hardware : software];
  const failures = ways.flatMap((way) => (!isOption(way) && way.kind === 'budget' ? [way.latencies] : []));
  const excess = (latencies: readonly Latency[]) => Math.max(...latencies.map((one) => one.microseconds / one.budgetMicroseconds));
  return failures.reduce<readonly Latency[] | undefined>((best, one) => (best && excess(best) <= excess(one) ? best : one), undefined);
}
