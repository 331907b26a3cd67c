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

/** Everything that a tier is planned from. */
export interface TierInput {
  /** The zone, with its endpoints as planned for the site. */
  readonly zone: Pick<ZonePlan, 'id' | 'endpoints'>;
  readonly acceleration: ZoneSpec['acceleration'];
  readonly pinnedCpus: boolean;
  readonly profile: ProfilePlan;
  readonly site: TierSite;
  readonly haproxy: HaproxyPlan;
}

/** Extended resource names of the Intel device plugin for devices that do asymmetric cryptography. @see https://intel.github.io/intel-device-plugins-for-kubernetes/cmd/qat_plugin/README.html */
const deviceResource = { 'qat-gen2': 'qat.intel.com/generic', 'qat-gen4': 'qat.intel.com/asym' } as const;

/** The load that a tier is sized for. */
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

/** Plans the tier of a zone at a site. Without an endpoint that needs a tier, and if no tier is possible, `tier` is absent. */
export function planTier(request: TierInput): { tier?: TierPlan; problems: Problem[] } {
  const { zone, acceleration, pinnedCpus, profile, site, haproxy } = request;
  const load = loadOfInput(request);
  if (load.endpoints.length === 0) return { problems: [] };
  const costs = costsOf(site.calibration);
  const choice = choose(load, acceleration, missingForHardware(haproxy).length === 0, costs);
  const { chosen } = choice;
  if (!chosen) return { problems: tierProblems(zone.id, site, choice) };
  const { fleet, capacity, shape } = chosen;
  const tier: TierPlan = {
    zone: zone.id,
    profile,
    acceleration: chosen.acceleration,
    reason: reasonOf(choice, chosen),
    instances: fleet.instances,
    maxInstances: fleet.maxInstances,
    minAvailable: fleet.needed,
    cpuCores: shape.cores,
    memoryMebibytes: capacity.memoryMebibytes,
    threads: shape.threads,
    maxConnections: capacity.maxConnections,
    pinnedCpus,
    scaleInProtected: load.endpoints.some(({ protocol }) => protocol === 'fix'),
    drainSeconds: Math.max(...load.endpoints.map(({ drainSeconds }) => drainSeconds)),
    ...instanceResources(site, chosen),
    sizing: sizingOf(chosen, load, costs),
  };
  return { tier, problems: [] };
}
