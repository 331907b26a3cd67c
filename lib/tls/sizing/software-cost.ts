import type { Costs } from './costs';
import { demandOf } from './handshake';
import type { Load } from './option';
import { momentsOf } from './sojourn';

/** Mean processor time of a handshake without acceleration devices, in microseconds. */
export function softwareMicroseconds({ endpoints, profile }: Pick<Load, 'endpoints' | 'profile'>, costs: Costs): number {
  const demands = endpoints.map((endpoint) => demandOf(endpoint, profile, 'software', costs));
  const classes = demands.flatMap(({ full, resumed, fullPerSecond, resumedPerSecond }) => [
    { perSecond: fullPerSecond, microseconds: full.processorMicroseconds },
    { perSecond: resumedPerSecond, microseconds: resumed.processorMicroseconds },
  ]);
  return momentsOf(classes).meanMicroseconds;
}
