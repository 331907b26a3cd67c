import type { Costs } from './costs';
import type { Acceleration } from './handshake';
import type { Latency } from './instance';
import { type Load, type Obstacle, type Option, sizeTier } from './option';
import { offersHardware } from './shapes';

/** What a zone asks for: one kind of acceleration, or whichever meets the budgets at the least cost. */
export type Asked = Acceleration | 'auto';

/** Both ways a tier could run. */
export interface Outlook {
  readonly software: Option | Obstacle;
  readonly hardware: Option | Obstacle;
}

/** What was decided, and what else was looked at. */
export interface Choice extends Outlook {
  readonly asked: Asked;
  readonly chosen?: Option;
}

export function isOption(outcome: Option | Obstacle): outcome is Option {
  return 'fleet' in outcome && 'load' in outcome;
}

function look(load: Load, acceleration: Acceleration, costs: Costs): Option | Obstacle {
  const outcome = sizeTier(load, acceleration, costs);
  return 'option' in outcome ? outcome.option : outcome.obstacle;
}

function hardwareOf(load: Load, drivable: boolean, costs: Costs): Option | Obstacle {
  if (!offersHardware(load.site)) return { kind: 'none-offered' };
  if (!drivable) return { kind: 'not-drivable' };
  // No provider of a device is part of the module that FIPS 140 validates.
  return load.profile.fipsProvider ? { kind: 'fips' } : look(load, 'hardware', costs);
}

/**
 * Decides how a tier runs. `auto` takes what keeps to every budget at the least cost, and software where both cost the same.
 *
 * @param drivable whether the declared build can hand work to a device
 */
export function choose(load: Load, asked: Asked, drivable: boolean, costs: Costs): Choice {
  const hardware = hardwareOf(load, drivable, costs);
  const software = look(load, 'software', costs);
  const candidates = [software, hardware].filter(isOption).filter(({ acceleration }) => asked === 'auto' || asked === acceleration);
  const chosen = candidates.reduce<Option | undefined>(
    (best, one) => (best && best.costInCores <= one.costInCores ? best : one),
    undefined,
  );
  return { asked, software, hardware, ...(chosen && { chosen }) };
}

/** The latencies that come closest to the budgets, where none of the ways asked for meets them. */
export function closest({ asked, software, hardware }: Choice): readonly Latency[] | undefined {
  const ways = asked === 'auto' ? [software, hardware] : [asked === 'hardware' ? hardware : software];
  const failures = ways.flatMap((way) => (!isOption(way) && way.kind === 'budget' ? [way.latencies] : []));
  const excess = (latencies: readonly Latency[]) => Math.max(...latencies.map((one) => one.microseconds / one.budgetMicroseconds));
  return failures.reduce<readonly Latency[] | undefined>((best, one) => (best && excess(best) <= excess(one) ? best : one), undefined);
}
