import { type Choice, isOption } from './choice';
import type { Latency } from './instance';
import type { Obstacle, Option } from './option';

/** A number as a person reads it, with at most one decimal: the same on every machine. */
export function say(value: number): string {
  const [whole = '', tenths] = String(Math.round(value * 10) / 10).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return tenths === undefined ? grouped : `${grouped}.${tenths}`;
}

/** The endpoint that comes closest to its budget. */
export function tightest(latencies: readonly Latency[]): Latency | undefined {
  return [...latencies].sort((one, other) => other.microseconds / other.budgetMicroseconds - one.microseconds / one.budgetMicroseconds)[0];
}

/** `99%`, `99.9%`. */
export function sayPercentile(percentile: number): string {
  return `${Math.round(percentile * 10_000) / 100}%`;
}

function means({ shape, fleet, costInCores }: Option): string {
  return `${fleet.instances} instances of ${shape.name} (cost ${say(costInCores)} cores)`;
}

/** Why a way is not open, as the end of a sentence. */
export function sayObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'none-offered':
      return 'the site offers none';
    case 'not-drivable':
      return 'the declared build drives no device';
    case 'devices':
      return `the site has too few devices for ${obstacle.fleet.maxInstances + 1} instances of ${obstacle.shape.name}`;
    case 'memory':
      return `even each of ${obstacle.fleet.instances} instances needs ${say(obstacle.room.memoryMebibytes)} MiB, more than ${obstacle.shape.name} has to spare`;
    case 'fips':
      return 'the FIPS provider does all of the cryptography';
    case 'budget': {
      const worst = tightest(obstacle.latencies);
      return worst ? `it takes ${say(worst.microseconds)} of ${say(worst.budgetMicroseconds)} microseconds` : 'it meets no budget';
    }
  }
}

function otherwise(chosen: Option, { asked, software, hardware }: Choice): string {
  const other = chosen.acceleration === 'hardware' ? software : hardware;
  const name = chosen.acceleration === 'hardware' ? 'software' : 'hardware';
  if (asked !== 'auto') return 'as the zone asks';
  if (!isOption(other)) return `${name} is out: ${sayObstacle(other)}`;
  return `${name} would take ${means(other)}`;
}

/** Why a tier runs as it does, in one sentence with its numbers. */
export function reasonOf(choice: Choice, chosen: Option): string {
  const { acceleration, load, fleet } = chosen;
  const worst = tightest(load.latencies);
  const held = worst
    ? ` and keep ${sayPercentile(worst.percentile)} of handshakes within ${say(worst.microseconds)} of ${say(worst.budgetMicroseconds)} microseconds`
    : '';
  const rate = say(load.newSessionsPerSecond * fleet.needed);
  return `${acceleration}: ${means(chosen)} carry ${rate} new sessions a second at ${say(load.utilization * 100)}% utilization${held}; ${otherwise(chosen, choice)}`;
}
