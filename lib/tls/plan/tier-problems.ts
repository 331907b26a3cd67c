import { type Problem, problem } from '../../core/problem';
import { type Choice, closest, isOption } from '../sizing/choice';
import type { Acceleration } from '../sizing/handshake';
import type { Latency } from '../sizing/instance';
import { architectureOf, smallestTypeWithMemory } from '../sizing/instance-types';
import { usable } from '../sizing/memory';
import type { Obstacle } from '../sizing/option';
import { formatNumber, formatPercentile } from '../sizing/reason';
import type { TierSite } from '../tier-site';

/** A problem of a tier at one site; of several at one place, the one with the longest time is said. */
export interface TierProblem extends Problem {
  /** Latency that could be met, in microseconds. */
  readonly nearest?: number;
}

function budget(zone: string, { endpoint, percentile, microseconds, budgetMicroseconds }: Latency): TierProblem {
  const path = `zones/${zone}/endpoints/${endpoint}/latencyBudget/microseconds`;
  const stated = problem('TLS012', path, {
    cannot: 'keep the latency budget',
    as: `${formatPercentile(percentile)} of handshakes take up to ${formatNumber(microseconds)} microseconds on any instance on offer, however many there are`,
    value: budgetMicroseconds,
    fix: `Set ${path} to ${microseconds}, which is the nearest that can be met, or use a cheaper key algorithm or group.`,
  });
  return { ...stated, nearest: microseconds };
}

function notOffered(zone: string, site: TierSite): TierProblem {
  const path = `zones/${zone}/acceleration`;
  const attribute = site.kind === 'cloud' ? 'instanceTypes/hardware' : 'hardware';
  return problem('TLS011', path, {
    cannot: 'accelerate handshakes by hardware',
    as: `site ${site.id} has none: sites/${site.id}/${attribute} is absent`,
    value: 'hardware',
    fix: `Set ${path} to auto, or declare sites/${site.id}/${attribute}.`,
  });
}

function tooFew(zone: string, { id, hardware }: TierSite, instances: number, shape: string): TierProblem {
  const path = `zones/${zone}/acceleration`;
  return problem('TLS014', path, {
    cannot: 'accelerate handshakes by hardware',
    as: `site ${id} has ${hardware?.nodesPerFailureDomain} nodes with ${hardware?.devicesPerNode} devices in each failure domain, too few for ${instances} instances of ${shape}, the surge instance among them`,
    value: 'hardware',
    fix: `Set ${path} to auto, or add nodes with devices and raise sites/${id}/hardware/nodesPerFailureDomain.`,
  });
}

type OutOfMemory = Extract<Obstacle, { kind: 'memory' }>;

function tooSmall(zone: string, { id, instanceTypes }: TierSite, way: Acceleration, { fleet, room, shape }: OutOfMemory): TierProblem {
  const path = `sites/${id}/instanceTypes/${way}`;
  const offered = instanceTypes?.[way] ?? [];
  const larger = smallestTypeWithMemory(room.memoryMebibytes / usable, architectureOf(shape.name), way);
  const add = larger === undefined ? '' : `Set ${path} to [${[...offered, larger].join(', ')}], or `;
  return problem('TLS015', `zones/${zone}`, {
    cannot: `hold the open sessions of the zone at site ${id}`,
    as: `even each of ${formatNumber(fleet.instances)} instances needs ${formatNumber(room.memoryMebibytes)} MiB of memory, and ${shape.name} has ${formatNumber(shape.memoryMebibytes ?? 0)} MiB, a fifth of it for the system`,
    value: room.memoryMebibytes,
    fix: `${add}lower concurrentSessions of the endpoints of zone ${zone}.`,
  });
}

function withoutMemory(zone: string, site: TierSite, { asked, software, hardware }: Choice): TierProblem[] {
  const ways = (['software', 'hardware'] as const).filter((way) => asked === 'auto' || asked === way);
  return ways.flatMap((way) => {
    const outcome = way === 'software' ? software : hardware;
    if (isOption(outcome) || outcome.kind !== 'memory') return [];
    return tooSmall(zone, site, way, outcome);
  });
}

/** Why a zone gets no tier at a site. What the build lacks is a problem of the build, and said elsewhere once. */
export function tierProblems(zone: string, site: TierSite, choice: Choice): TierProblem[] {
  const latencies = closest(choice);
  if (latencies) return latencies.filter((one) => one.microseconds > one.budgetMicroseconds).map((one) => budget(zone, one));
  const [memory] = withoutMemory(zone, site, choice);
  if (memory) return [memory];
  const { hardware } = choice;
  if (choice.asked !== 'hardware' || isOption(hardware)) return [];
  if (hardware.kind === 'none-offered') return [notOffered(zone, site)];
  return hardware.kind === 'devices' ? [tooFew(zone, site, hardware.fleet.maxInstances + 1, hardware.shape.name)] : [];
}

/** What is wrong at the same place of several sites, said once, with the budget that all of them can meet. */
export function worstPerPath(problems: readonly TierProblem[]): Problem[] {
  const worst = new Map<string, TierProblem>();
  for (const one of problems) {
    const key = `${one.code} ${one.path}`;
    const known = worst.get(key);
    if (!known || (one.nearest ?? 0) > (known.nearest ?? 0)) worst.set(key, one);
  }
  return [...worst.values()].map(({ nearest: _nearest, ...rest }) => rest);
}
