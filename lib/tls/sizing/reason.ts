import { type Choice, isOption } from './choice';
import type { Latency } from './instance';
import type { Obstacle, Option } from './option';

/** A number as a person reads it, with at most one decimal: the same on every machine. */
export function formatNumber(value: number): string {
  const [whole = '', tenths] = String(Math.round(value * 10) / 10).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return tenths === undefined ? grouped : `${grouped}.${tenths}`;
}

/** The endpoint that comes closest to its budget. */
export function closestToBudget(latencies: readonly Latency[]): Latency | undefined {
  return [...latencies].sort((one, other) => other.microseconds / other.budgetMicroseconds - one.microseconds / one.budgetMicroseconds)[0];
}

/** `99%`, `99.9%`. */
export function formatPercentile(percentile: number): string {
  return `${Math.round(percentile * 10_000) / 100}%`;
}

function describeOption({ shape, fleet, costInCores }: Option): string {
  return `${fleet.instances} instances of ${shape.name} (cost ${formatNumber(costInCores)} cores)`;
}

/** Why a way is not open, as the end of a sentence. */
export function describeObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'none-offered':
      return 'the site offers none';
    case 'not-drivable':
      return 'the declared build drives no device';
    case 'devices':
      return `the site has too few devices for ${obstacle.fleet.maxInstances + 1} instances of ${obstacle.shape.name}`;
    case 'memory':
      return `even each of ${obstacle.fleet.instances} instances needs ${formatNumber(obstacle.room.memoryMebibytes)} MiB, more than ${obstacle.shape.name} has to spare`;
    case 'fips':
      return 'the FIPS provider does all of the cryptography';
    case 'budget': {
      const worst = closestToBudget(obstacle.latencies);
      return worst
        ? `it takes ${formatNumber(worst.microseconds)} of ${formatNumber(worst.budgetMicroseconds)} microseconds`
        : 'it meets no budget';
    }
  }
}

function describeAlternative(chosen: Option, { asked, software, hardware }: Choice): string {
  const other = chosen.acceleration === 'hardware' ? software : hardware;
  const name = chosen.acceleration === 'hardware' ? 'software' : 'hardware';
  if (asked !== 'auto') return 'as the zone asks';
  if (!isOption(other)) return `${name} is out: ${describeObstacle(other)}`;
  return `${name} would take ${describeOption(other)}`;
}

/** Why a tier runs as it does, in one sentence with its numbers. */
export function reasonOf(choice: Choice, chosen: Option): string {
  const { acceleration, load, fleet } = chosen;
  const worst = closestToBudget(load.latencies);
  const held = worst
    ? ` and keep ${formatPercentile(worst.percentile)} of handshakes within ${formatNumber(worst.microseconds)} of ${formatNumber(worst.budgetMicroseconds)} microseconds`
    : '';
  const rate = formatNumber(load.newSessionsPerSecond * fleet.needed);
  return `${acceleration}: ${describeOption(chosen)} carry ${rate} new sessions a second at ${formatNumber(load.utilization * 100)}% utilization${held}; ${describeAlternative(chosen, choice)}`;
}
