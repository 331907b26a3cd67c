import { worstPerPath } from '../../core/domain';
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
import { tierProblems } from './tier-problems';

/** Changes to the described load, to answer what-if questions. */
export interface Question {
  /** Multiple of the described load. @default 1 */
  readonly factor?: number;
  /** Latency budget of every endpoint, in microseconds. @default - each endpoint's own budget */
  readonly budgetMicroseconds?: number;
}

/** Rate of one kind of handshake, and its processor and device times in microseconds. */
interface HandshakeView {
  readonly perSecond: number;
  readonly softwareMicroseconds: number;
  readonly hardwareProcessorMicroseconds: number;
  readonly hardwareDeviceMicroseconds: number;
}

/** Load and handshake costs of one endpoint. */
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

/** One way to run the tier, with all figures. */
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

/** Why the tier cannot run that way. */
export interface ObstacleView {
  readonly kind: Obstacle['kind'];
  readonly obstacle: string;
}

/** Version of the JSON format. Within a version, fields may be added, but never removed or given another meaning. */
export const explanationVersion = 'diptych/explain-tier/1';

/** Explains the choice of acceleration for a tier, with all figures. */
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
  /** Load at which `auto` switches to hardware; absent if it never does, or already does at the lowest load examined. */
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

function optionView(outcome: Option | Obstacle): OptionView | ObstacleView {
  if (!isOption(outcome)) return { kind: outcome.kind, obstacle: describeObstacle(outcome) };
  const { shape, fleet, capacity, load, costInCores } = outcome;
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
    ...capacity,
  };
}

function applyQuestion(load: Load, { factor = 1, budgetMicroseconds }: Question): Load {
  const scaled = scale(load, factor);
  if (budgetMicroseconds === undefined) return scaled;
  const endpoints = scaled.endpoints.map((endpoint) => ({
    ...endpoint,
    latencyBudget: { ...endpoint.latencyBudget, microseconds: budgetMicroseconds },
  }));
  return { ...scaled, endpoints };
}

/** Explains the tier of a zone at a site; undefined if no endpoint of the zone needs a tier. */
export function explainTier(request: TierInput, question: Question = {}): TierExplanation | undefined {
  const { zone, site, haproxy, acceleration } = request;
  const load = applyQuestion(loadOfInput(request), question);
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
