import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import type { Costs, DeviceOperation } from './costs';

/** What one handshake asks of a processor and of a device. */
export interface Handshake {
  readonly processorMicroseconds: number;
  /** Operations that a device does one after the other; none in software. */
  readonly operations: readonly DeviceOperation[];
}

/** The load of one endpoint at one site, as far as sizing needs to know. */
export interface EndpointDemand {
  readonly id: string;
  readonly full: Handshake;
  readonly resumed: Handshake;
  readonly fullPerSecond: number;
  readonly resumedPerSecond: number;
  readonly budget: EndpointPlan['latencyBudget'];
}

export type Acceleration = 'hardware' | 'software';

interface Step {
  readonly processorMicroseconds: number;
  readonly operation?: DeviceOperation;
}

/** Whether a step goes to the device: the processor then only hands it over and takes it back. */
function accelerate({ processorMicroseconds, operation }: Step, acceleration: Acceleration, { device }: Costs): Step {
  return acceleration === 'hardware' && operation
    ? { processorMicroseconds: device.submitMicroseconds, operation }
    : { processorMicroseconds };
}

function handshakeOf(steps: readonly Step[]): Handshake {
  return {
    processorMicroseconds: steps.reduce((total, step) => total + step.processorMicroseconds, 0),
    operations: steps.flatMap(({ operation }) => operation ?? []),
  };
}

/** The certificate whose handshakes cost most: clients choose among those offered, so the tier is sized for the dearest. */
export function costliestKey(keys: EndpointPlan['keyAlgorithms'], { handshake }: Costs): EndpointPlan['keyAlgorithms'][number] {
  return keys.reduce((dearest, key) => (handshake.signatures[key] > handshake.signatures[dearest] ? key : dearest));
}

/**
 * What the handshakes of an endpoint cost with one kind of acceleration.
 *
 * Sized for the group that the profile prefers. A resumed session keeps its key exchange (`psk_dhe_ke`, RFC 8446, 4.2.9) and is
 * spared the signature and the client's certificate; without tickets none resumes.
 */
export function demandOf(endpoint: EndpointPlan, profile: ProfilePlan, acceleration: Acceleration, costs: Costs): EndpointDemand {
  const { handshake, device } = costs;
  const group = profile.groups[0] ?? 'X25519';
  const key = costliestKey(endpoint.keyAlgorithms, costs);
  const fixed = { processorMicroseconds: handshake.connectionMicroseconds };
  const exchange = accelerate({ processorMicroseconds: handshake.groups[group], operation: device.groups[group] }, acceleration, costs);
  const signature = { processorMicroseconds: handshake.signatures[key], operation: device.signatures[key] };
  const verification =
    endpoint.clientAuthentication === 'required' ? [{ processorMicroseconds: handshake.clientCertificateMicroseconds }] : [];
  const ratio = profile.resumption.tickets ? endpoint.resumptionRatio : 0;
  return {
    id: endpoint.id,
    full: handshakeOf([fixed, exchange, accelerate(signature, acceleration, costs), ...verification]),
    resumed: handshakeOf([fixed, exchange]),
    fullPerSecond: endpoint.peakNewSessionsPerSecond * (1 - ratio),
    resumedPerSecond: endpoint.peakNewSessionsPerSecond * ratio,
    budget: endpoint.latencyBudget,
  };
}
