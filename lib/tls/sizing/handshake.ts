import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import type { Costs, DeviceOperation } from './costs';

/** Work of one handshake for the processor and for acceleration devices. */
export interface Handshake {
  readonly processorMicroseconds: number;
  /** Operations that a device performs in sequence; empty in software. */
  readonly operations: readonly DeviceOperation[];
}

/** The handshakes of one endpoint at one site: work of each kind, and rate per second. */
export interface EndpointDemand {
  readonly id: string;
  readonly full: Handshake;
  readonly resumed: Handshake;
  readonly fullPerSecond: number;
  readonly resumedPerSecond: number;
  readonly budget: EndpointPlan['latencyBudget'];
}

/** Where handshakes are computed: on acceleration devices, or on processors only. */
export type Acceleration = 'hardware' | 'software';

interface Step {
  readonly processorMicroseconds: number;
  readonly operation?: DeviceOperation;
}

/** Moves a step to a device if it can; the processor then only submits the operation and receives the result. */
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

/** Returns the key algorithm with the most expensive signature, since clients choose the certificate and may all choose that one. */
export function costliestKey(keys: EndpointPlan['keyAlgorithms'], { handshake }: Costs): EndpointPlan['keyAlgorithms'][number] {
  return keys.reduce((dearest, key) => (handshake.signatures[key] > handshake.signatures[dearest] ? key : dearest));
}

/**
 * Computes the work of the handshakes of an endpoint with one kind of acceleration.
 *
 * It assumes the group that the profile prefers. A resumed session still has a key exchange (`psk_dhe_ke`, RFC 8446, 4.2.9), but no
 * signature and no client certificate. Without tickets, no session is resumed.
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
