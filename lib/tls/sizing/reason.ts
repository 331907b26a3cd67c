import { type Choice, isOption } from './choice';
import type { Latency } from './instance';
import type { Obstacle, Option } from './option';

/**
 * Formats a number with thousands separators and at most one decimal, independent of the locale.
 *
 * @example
 * formatNumber(12345.67); // '12,345.7'
 */
export function formatNumber(value: number): string {
  const [whole = '', tenths] = String(Math.round(value * 10) / 10).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return tenths === undefined ? grouped : `${grouped}.${tenths}`;
}

/** Returns the latency with the highest ratio to its budget. */
export function closestToBudget(latencies: readonly Latency[]): Latency | undefined {
  return [...latencies].sort((one, other) => other.microseconds / other.budgetMicroseconds - one.microseconds / one.budgetMicroseconds)[0];
}

/** Formats a percentile between 0 and 1: `99%`, `99.9%`. */
export function formatPercentile(percentile: number): string {
  return `${Math.round(percentile * 10_000) / 100}%`;
}

function describeOption({ shape, fleet, costInCores }: Option): string {
  return `${fleet.instances} instances of ${shape.name} (cost ${formatNumber(costInCores)} cores)`;
}

/** Describes an obstacle as a clause, for the end of a sentence. */
export function describeObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'none-offered':
      return 'the site offers none';
    case 'not-drivable':
      return 'the declared build cannot use devices';
    case 'devices':
      return `the site has too few devices for ${obstacle.fleet.maxInstances + 1} instances of ${obstacle.shape.name}`;
    case 'memory':
      return `an instance needs ${formatNumber(obstacle.capacity.memoryMebibytes)} MiB for its sessions, more than ${obstacle.shape.name} has to spare`;
    case 'fips':
      return 'the FIPS provider does all of the cryptography';
    case 'budget': {
      const worst = closestToBudget(obstacle.latencies);
      return worst
        ? `handshakes take ${formatNumber(worst.microseconds)} of ${formatNumber(worst.budgetMicroseconds)} microseconds`
        : 'no latency budget is met';
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

/** Explains the choice of acceleration in one sentence with its figures; it becomes `reason` in plan.json. */
export function reasonOf(choice: Choice, chosen: Option): string {
  const { acceleration, load, fleet } = chosen;
  const worst = closestToBudget(load.latencies);
  const held = worst
    ? ` and keep ${formatPercentile(worst.percentile)} of handshakes within ${formatNumber(worst.microseconds)} of ${formatNumber(worst.budgetMicroseconds)} microseconds`
    : '';
  const rate = formatNumber(load.newSessionsPerSecond * fleet.needed);
  return `${acceleration}: ${describeOption(chosen)} carry ${rate} new sessions a second at ${formatNumber(load.utilization * 100)}% utilization${held}; ${describeAlternative(chosen, choice)}`;
}
