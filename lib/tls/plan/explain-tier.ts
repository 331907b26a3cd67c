import type { Problem } from '../../core/problem';
import { missingForHardware } from '../capabilities';
import { type BreakEven, findBreakEven, scale } from '../sizing/break-even';
import { type Choice, choose, isOption } from '../sizing/choice';
import { type Costs, costsOf } from '../sizing/costs';
import { type Acceleration, costliestKey, demandOf, type Handshake } from '../sizing/handshake';
import type { Latency } from '../sizing/instance';
import type { Load, Obstacle, Option } from '../sizing/option';
import { meanWait } from '../sizing/queue';
import { describeObstacle, reasonOf } from '../sizing/reason';
import { loadOfInput, type TierInput } from './plan';
import { tierProblems, worstPerPath } from './tier-problems';

/** What is asked about a tier beyond what the description says. */
export interface Question {
  /** The described load a number of times. @default 1 */
  readonly factor?: number;
  /** A budget for every endpoint in place of its own, in microseconds. */
  readonly budgetMicroseconds?: number;
}

/** Processor and device time of a handshake, in microseconds. */
interface HandshakeView {
  readonly perSecond: number;
  readonly softwareMicroseconds: number;
  readonly hardwareProcessorMicroseconds: number;
  readonly hardwareDeviceMicroseconds: number;
}

/** The load of one endpoint. */
export interface EndpointView {
  readonly id: string;
  readonly keyAlgorithm: string;
  readonly group: string;
  readonly clientCertificate: boolean;
  readonly full: HandshakeView;
  readonly resumed: HandshakeView;
  readonly percentile: number;
  readonly budgetMicroseconds: number;
}

/** One way to run the tier, with every number of it. */
export interface OptionView {
  readonly instance: string;
  readonly neededInstances: number;
  readonly instances: number;
  readonly survivors: number;
  readonly maxInstances: number;
  readonly costInCores: number;
  readonly newSessionsPerSecond: number;
  readonly serviceMicroseconds: number;
  readonly squaredVariation: number;
  readonly utilization: number;
  readonly waitProbability: number;
  readonly meanWaitMicroseconds: number;
  readonly deviceUtilization?: number;
  readonly deviceRetrievalMicroseconds?: number;
  readonly latencies: readonly Latency[];
  readonly maxConnections: number;
  readonly memoryMebibytes: number;
}

/** Why there is no such way. */
export interface ObstacleView {
  readonly kind: Obstacle['kind'];
  readonly obstacle: string;
}

/** Version of the explanation's shape: a field may be added within one, never removed or given another meaning. */
export const explanationVersion = 'diptych/explain-tier/1';

/** Why a tier runs as it does, with every number. */
export interface TierExplanation {
  readonly version: typeof explanationVersion;
  readonly zone: string;
  readonly site: string;
  readonly asked: Choice['asked'];
  readonly chosen?: Acceleration;
  readonly reason?: string;
  readonly problems: readonly Problem[];
  readonly factor: number;
  readonly newSessionsPerSecond: number;
  readonly failureDomains: number;
  readonly targetUtilization: number;
  readonly costs: string;
  readonly endpoints: readonly EndpointView[];
  readonly software: OptionView | ObstacleView;
  readonly hardware: OptionView | ObstacleView;
  /** The load from which on `auto` takes hardware; absent where it never does, or does at the least load looked at. */
  readonly crossing?: BreakEven;
}

function handshakeView(perSecond: number, software: Handshake, hardware: Handshake): HandshakeView {
  return {
    perSecond,
    softwareMicroseconds: software.processorMicroseconds,
    hardwareProcessorMicroseconds: hardware.processorMicroseconds,
    hardwareDeviceMicroseconds: hardware.operations.reduce((total, { microseconds }) => total + microseconds, 0),
  };
}

function endpointViews({ endpoints, profile }: Load, costs: Costs): EndpointView[] {
  return endpoints.map((endpoint) => {
    const software = demandOf(endpoint, profile, 'software', costs);
    const hardware = demandOf(endpoint, profile, 'hardware', costs);
    return {
      id: endpoint.id,
      keyAlgorithm: costliestKey(endpoint.keyAlgorithms, costs),
      group: profile.groups[0] ?? '',
      clientCertificate: endpoint.clientAuthentication === 'required',
      full: handshakeView(software.fullPerSecond, software.full, hardware.full),
      resumed: handshakeView(software.resumedPerSecond, software.resumed, hardware.resumed),
      percentile: endpoint.latencyBudget.percentile,
      budgetMicroseconds: endpoint.latencyBudget.microseconds,
    };
  });
}

function optionView(way: Option | Obstacle): OptionView | ObstacleView {
  if (!isOption(way)) return { kind: way.kind, obstacle: describeObstacle(way) };
  const { shape, fleet, room, load, costInCores } = way;
  return {
    instance: shape.name,
    neededInstances: fleet.needed,
    instances: fleet.instances,
    survivors: fleet.survivors,
    maxInstances: fleet.maxInstances,
    costInCores,
    newSessionsPerSecond: load.newSessionsPerSecond,
    serviceMicroseconds: load.serviceMicroseconds,
    squaredVariation: load.squaredVariation,
    utilization: load.utilization,
    waitProbability: load.wait.probability,
    meanWaitMicroseconds: meanWait(load.wait),
    ...(load.device && { deviceUtilization: load.device.utilization, deviceRetrievalMicroseconds: load.device.retrievalMicroseconds }),
    latencies: load.latencies,
    ...room,
  };
}

function asked(load: Load, { factor = 1, budgetMicroseconds }: Question): Load {
  const scaled = scale(load, factor);
  if (budgetMicroseconds === undefined) return scaled;
  const endpoints = scaled.endpoints.map((endpoint) => ({
    ...endpoint,
    latencyBudget: { ...endpoint.latencyBudget, microseconds: budgetMicroseconds },
  }));
  return { ...scaled, endpoints };
}

/** Explains the tier of a zone at a site; nothing where the zone has no endpoint whose TLS a tier would end there. */
export function explainTier(request: TierInput, question: Question = {}): TierExplanation | undefined {
  const { zone, site, haproxy, acceleration } = request;
  const load = asked(loadOfInput(request), question);
  if (load.endpoints.length === 0) return undefined;
  const costs = costsOf(site.calibration);
  const drivable = missingForHardware(haproxy).length === 0;
  const choice = choose(load, acceleration, drivable, costs);
  const factor = question.factor ?? 1;
  const crossing = acceleration === 'auto' ? findBreakEven(load, drivable, costs) : undefined;
  return {
    version: explanationVersion,
    zone: zone.id,
    site: site.id,
    asked: acceleration,
    ...(choice.chosen && { chosen: choice.chosen.acceleration, reason: reasonOf(choice, choice.chosen) }),
    problems: choice.chosen ? [] : worstPerPath(tierProblems(zone.id, site, choice)),
    factor,
    newSessionsPerSecond: load.endpoints.reduce((total, { peakNewSessionsPerSecond }) => total + peakNewSessionsPerSecond, 0),
    failureDomains: site.failureDomains,
    targetUtilization: costs.targetUtilization,
    costs: costs.source,
    endpoints: endpointViews(load, costs),
    software: optionView(choice.software),
    hardware: optionView(choice.hardware),
    ...(crossing && { crossing: { ...crossing, factor: crossing.factor * factor } }),
  };
}
