import type { Problem } from '../../core/problem';
import type { ZonePlan } from '../../zones/plan-schema';
import type { ZoneSpec } from '../../zones/spec';
import { missingForHardware } from '../capabilities';
import type { HaproxyPlan, ProfilePlan, TierPlan } from '../plan-schema';
import { choose } from '../sizing/choice';
import { type Costs, costsOf } from '../sizing/costs';
import type { Load, Option } from '../sizing/option';
import { reasonOf } from '../sizing/reason';
import { softwareMicroseconds } from '../sizing/software-cost';
import { type TierSite, tierEndpoints } from '../tier-site';
import { tierProblems } from './tier-problems';

export type { TierSite } from '../tier-site';

/** What a tier is planned from. */
export interface TierInput {
  /** The zone with its endpoints as planned at the site. */
  readonly zone: Pick<ZonePlan, 'id' | 'endpoints'>;
  readonly acceleration: ZoneSpec['acceleration'];
  readonly pinnedCpus: boolean;
  readonly profile: ProfilePlan;
  readonly site: TierSite;
  readonly haproxy: HaproxyPlan;
}

/** Names under which the device plugin offers devices that do asymmetric cryptography. */
const deviceResource = { 'qat-gen2': 'qat.intel.com/generic', 'qat-gen4': 'qat.intel.com/asym' } as const;

/** The load that a request describes. */
export function loadOfInput({ zone, profile, site }: TierInput): Load {
  return { endpoints: tierEndpoints(zone), profile, site };
}

function instanceResources({ hardware }: TierSite, { shape }: Option): Pick<TierPlan, 'device' | 'instanceType'> {
  if (shape.instanceType !== undefined) return { instanceType: shape.instanceType };
  if (!hardware || shape.devices === 0) return {};
  return { device: { resource: deviceResource[hardware.generation], count: shape.devices, nodeLabel: hardware.nodeLabel } };
}

function sizingOf({ acceleration, load, fleet, costInCores }: Option, request: Load, costs: Costs): TierPlan['sizing'] {
  return {
    newSessionsPerSecond: Math.round(load.newSessionsPerSecond * fleet.needed * 1_000) / 1_000,
    neededInstances: fleet.needed,
    serviceMicroseconds: Math.round(load.serviceMicroseconds),
    ...(acceleration === 'hardware' && { softwareMicroseconds: Math.round(softwareMicroseconds(request, costs)) }),
    utilization: Math.round(load.utilization * 1_000) / 1_000,
    costInCores,
    latencies: [...load.latencies],
    costs: costs.source,
  };
}

/** The tier of a zone at a site; none where the zone has no endpoint whose TLS it would end, or where it cannot be had. */
export function planTier(request: TierInput): { tier?: TierPlan; problems: Problem[] } {
  const { zone, acceleration, pinnedCpus, profile, site, haproxy } = request;
  const load = loadOfInput(request);
  if (load.endpoints.length === 0) return { problems: [] };
  const costs = costsOf(site.calibration);
  const choice = choose(load, acceleration, missingForHardware(haproxy).length === 0, costs);
  const { chosen } = choice;
  if (!chosen) return { problems: tierProblems(zone.id, site, choice) };
  const { fleet, room, shape } = chosen;
  const tier: TierPlan = {
    zone: zone.id,
    profile,
    acceleration: chosen.acceleration,
    reason: reasonOf(choice, chosen),
    instances: fleet.instances,
    maxInstances: fleet.maxInstances,
    minAvailable: fleet.needed,
    cpuCores: shape.cores,
    memoryMebibytes: room.memoryMebibytes,
    threads: shape.threads,
    maxConnections: room.maxConnections,
    pinnedCpus,
    scaleInProtected: load.endpoints.some(({ protocol }) => protocol === 'fix'),
    drainSeconds: Math.max(...load.endpoints.map(({ drainSeconds }) => drainSeconds)),
    ...instanceResources(site, chosen),
    sizing: sizingOf(chosen, load, costs),
  };
  return { tier, problems: [] };
}
