import type { SiteProblem } from '../../core/domain';
import { tlsProblem } from '../codes';
import { type Choice, closest, isOption } from '../sizing/choice';
import type { Acceleration } from '../sizing/handshake';
import type { Latency } from '../sizing/instance';
import { architectureOf, smallestTypeWithMemory } from '../sizing/instance-types';
import { usableMemoryShare } from '../sizing/memory';
import type { Obstacle } from '../sizing/option';
import { formatNumber, formatPercentile } from '../sizing/reason';
import type { TierSite } from '../tier-site';

function budgetProblem(zone: string, { endpoint, percentile, microseconds, budgetMicroseconds }: Latency): SiteProblem {
  const path = `zones/${zone}/endpoints/${endpoint}/latencyBudget/microseconds`;
  const stated = tlsProblem('TLS012', path, {
    wrong: `${formatPercentile(percentile)} of handshakes take up to ${formatNumber(microseconds)} microseconds on the best instance on offer, however many instances run`,
    rule: 'a latency budget must be one that an offered instance can meet',
    got: budgetMicroseconds,
    fix: `Set ${path} to ${microseconds}, the lowest value that can be met, or use a cheaper key algorithm or group.`,
  });
  return { ...stated, nearest: microseconds };
}

function noHardwareProblem(zone: string, site: TierSite): SiteProblem {
  const path = `zones/${zone}/acceleration`;
  const attribute = site.kind === 'cloud' ? 'instanceTypes/hardware' : 'hardware';
  return tlsProblem('TLS011', path, {
    wrong: `site ${site.id} has no acceleration hardware (sites/${site.id}/${attribute} is not set)`,
    rule: 'a zone with hardware acceleration must be at sites that offer hardware',
    got: 'hardware',
    fix: `Set ${path} to auto, or declare sites/${site.id}/${attribute}.`,
  });
}

function deviceProblem(zone: string, { id, hardware }: TierSite, instances: number, shape: string): SiteProblem {
  const path = `zones/${zone}/acceleration`;
  return tlsProblem('TLS014', path, {
    wrong: `site ${id} has ${hardware?.nodesPerFailureDomain} nodes with ${hardware?.devicesPerNode} devices each in a failure domain, too few for ${instances} instances of ${shape} including the surge instance`,
    rule: 'the devices of a failure domain must suffice for its share of the instances and for the surge instance',
    got: 'hardware',
    fix: `Set ${path} to auto, or add nodes with devices and raise sites/${id}/hardware/nodesPerFailureDomain.`,
  });
}

type OutOfMemory = Extract<Obstacle, { kind: 'memory' }>;

function memoryProblem(zone: string, { id, instanceTypes }: TierSite, way: Acceleration, { capacity, shape }: OutOfMemory): SiteProblem {
  const path = `sites/${id}/instanceTypes/${way}`;
  const offered = instanceTypes?.[way] ?? [];
  const larger = smallestTypeWithMemory(capacity.memoryMebibytes / usableMemoryShare, architectureOf(shape.name), way);
  const fewer = `concurrentSessions of the endpoints of zone ${zone}`;
  return tlsProblem('TLS015', `zones/${zone}`, {
    wrong: `the open sessions of the zone do not fit into memory at site ${id}: an instance admits up to ${formatNumber(capacity.maxConnections)} connections, which need ${formatNumber(capacity.memoryMebibytes)} MiB, and ${shape.name} has ${formatNumber(shape.memoryMebibytes ?? 0)} MiB, a fifth of it for the operating system`,
    rule: 'an offered instance type must have enough memory for every session that its endpoints admit',
    fix: larger === undefined ? `Lower ${fewer}.` : `Set ${path} to [${[...offered, larger].join(', ')}], or lower ${fewer}.`,
  });
}

function memoryProblems(zone: string, site: TierSite, { asked, software, hardware }: Choice): SiteProblem[] {
  const ways = (['software', 'hardware'] as const).filter((way) => asked === 'auto' || asked === way);
  return ways.flatMap((way) => {
    const outcome = way === 'software' ? software : hardware;
    if (isOption(outcome) || outcome.kind !== 'memory') return [];
    return memoryProblem(zone, site, way, outcome);
  });
}

/** Explains why a zone gets no tier at a site. Missing features of the build are left to `checkTls`, which reports them once. */
export function tierProblems(zone: string, site: TierSite, choice: Choice): SiteProblem[] {
  const latencies = closest(choice);
  if (latencies) return latencies.filter((one) => one.microseconds > one.budgetMicroseconds).map((one) => budgetProblem(zone, one));
  const [memory] = memoryProblems(zone, site, choice);
  if (memory) return [memory];
  const { hardware } = choice;
  if (choice.asked !== 'hardware' || isOption(hardware)) return [];
  if (hardware.kind === 'none-offered') return [noHardwareProblem(zone, site)];
  return hardware.kind === 'devices' ? [deviceProblem(zone, site, hardware.fleet.maxInstances + 1, hardware.shape.name)] : [];
}
