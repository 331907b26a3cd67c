import type { EndpointPlan } from '../../zones/plan-schema';
import type { CalibrationSpec } from '../calibration';
import type { ProfilePlan } from '../plan-schema';

type Group = ProfilePlan['groups'][number];
type KeyAlgorithm = EndpointPlan['keyAlgorithms'][number];

/** Performance of one kind of operation on an acceleration device. */
export interface DeviceOperation {
  /** Operations that one device completes per second. */
  readonly perSecond: number;
  /** Round trip of one operation through an idle device, in microseconds. */
  readonly microseconds: number;
}

/** Costs of handshakes, devices and sessions, with their source. */
export interface Costs {
  readonly source: string;
  readonly handshake: {
    readonly connectionMicroseconds: number;
    readonly groups: Readonly<Record<Group, number>>;
    readonly signatures: Readonly<Record<KeyAlgorithm, number>>;
    readonly clientCertificateMicroseconds: number;
  };
  readonly device: {
    readonly submitMicroseconds: number;
    readonly retrievalMicroseconds: number;
    readonly batchSize: number;
    /** Groups and key algorithms without an entry are not accelerated. */
    readonly groups: Readonly<Partial<Record<Group, DeviceOperation>>>;
    readonly signatures: Readonly<Partial<Record<KeyAlgorithm, DeviceOperation>>>;
  };
  readonly memory: { readonly instanceMebibytes: number; readonly sessionKibibytes: number };
  readonly targetUtilization: number;
  readonly deviceCostInCores: number;
}

/**
 * Default costs, for sites without a calibration.
 *
 * Measured: processor time of a complete connection, including HTTP and the kernel, on one core with HAProxy 3.0, OpenSSL 3.5 and
 * TLS 1.3: 421 microseconds with a P-256 certificate and X25519, 360 if resumed, 468 with X25519MLKEM768, 747 with a client
 * certificate, 628 with RSA-2048. TLS 1.2 is cheaper (591 with RSA-2048, 190 if resumed) and is counted as TLS 1.3. An open session
 * with TLS to the client and to the backend takes 67 KiB of the process; the rest of `sessionKibibytes` is for kernel buffers.
 * Derived: other groups and keys, from the measured costs and the ratios of `openssl speed` in OpenSSL 3.5.7.
 * Assumed, and to be calibrated: all costs of devices, because no published figure covers HAProxy with devices. X25519, ML-KEM and
 * ML-DSA stay on the processor (QAT_Engine issue 236 for X25519).
 */
export const defaultCosts: Costs = {
  source: 'HAProxy 3.0 with OpenSSL 3.5: measured handshakes; other keys and groups derived; devices assumed',
  handshake: {
    connectionMicroseconds: 335,
    groups: {
      X25519: 25,
      'P-256': 21,
      'P-384': 242,
      'P-521': 258,
      X25519MLKEM768: 72,
      SecP256r1MLKEM768: 74,
      SecP384r1MLKEM1024: 318,
      MLKEM1024: 66,
    },
    signatures: {
      'ecdsa-p256': 61,
      'ecdsa-p384': 141,
      'rsa-2048': 268,
      'rsa-3072': 739,
      'rsa-4096': 1_466,
      'ml-dsa-65': 403,
      'ml-dsa-87': 469,
    },
    clientCertificateMicroseconds: 326,
  },
  device: {
    submitMicroseconds: 15,
    retrievalMicroseconds: 100,
    batchSize: 8,
    groups: {
      'P-256': { perSecond: 60_000, microseconds: 150 },
      'P-384': { perSecond: 25_000, microseconds: 300 },
      'P-521': { perSecond: 12_000, microseconds: 500 },
    },
    signatures: {
      'ecdsa-p256': { perSecond: 60_000, microseconds: 150 },
      'ecdsa-p384': { perSecond: 25_000, microseconds: 300 },
      'rsa-2048': { perSecond: 100_000, microseconds: 250 },
      'rsa-3072': { perSecond: 30_000, microseconds: 600 },
      'rsa-4096': { perSecond: 15_000, microseconds: 1_100 },
    },
  },
  memory: { instanceMebibytes: 256, sessionKibibytes: 96 },
  targetUtilization: 0.65,
  deviceCostInCores: 4,
};

/**
 * Returns the costs of a site: the defaults, with the values of a calibration in their place.
 *
 * @example
 * costsOf({ source: 'Measured in March 2026', targetUtilization: 0.5 }).targetUtilization; // 0.5
 */
export function costsOf(calibration: CalibrationSpec | undefined): Costs {
  if (!calibration) return defaultCosts;
  const { handshake = {}, device = {}, memory = {}, ...rest } = calibration;
  const defaults = defaultCosts;
  return {
    ...defaults,
    ...defined(rest),
    handshake: {
      ...defaults.handshake,
      ...defined(handshake),
      groups: { ...defaults.handshake.groups, ...defined(handshake.groups ?? {}) },
      signatures: { ...defaults.handshake.signatures, ...defined(handshake.signatures ?? {}) },
    },
    device: {
      ...defaults.device,
      ...defined(device),
      groups: { ...defaults.device.groups, ...defined(device.groups ?? {}) },
      signatures: { ...defaults.device.signatures, ...defined(device.signatures ?? {}) },
    },
    memory: { ...defaults.memory, ...defined(memory) },
  };
}

/** The attributes of an object that are not undefined. */
function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
