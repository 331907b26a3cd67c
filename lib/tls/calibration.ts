import { z } from 'zod';
import { sentence } from '../core/schema';
import { keyAlgorithms } from '../zones/spec';
import { groups } from './spec';

const microseconds = z.number().positive().max(1_000_000);

/** An object with one optional attribute per key: unknown keys are errors, and missing keys keep their defaults. */
function each<K extends string, T extends z.ZodType>(keys: readonly K[], value: T) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, value.optional()])) as Record<K, z.ZodOptional<T>>);
}

const operation = z.strictObject({
  perSecond: z.number().positive().describe('Operations that one device completes per second.'),
  microseconds: microseconds.describe('Round trip of one operation through an idle device, in microseconds.'),
});

/** Costs that a firm measured on its own machines, which replace the default costs of the sizing model. */
export const calibrationSpec = z
  .strictObject({
    source: sentence.describe('Where and when the costs were measured.'),
    handshake: z
      .strictObject({
        connectionMicroseconds: microseconds
          .optional()
          .describe('Processor time of a connection without its key exchange and signature, in microseconds.'),
        groups: each(groups, microseconds).optional().describe('Processor time of a key exchange, in microseconds, by group.'),
        signatures: each(keyAlgorithms, microseconds)
          .optional()
          .describe('Processor time of the signature and the certificate messages, in microseconds, by key algorithm.'),
        clientCertificateMicroseconds: microseconds.optional().describe('Processor time to verify a client certificate, in microseconds.'),
      })
      .optional()
      .describe('Processor time of handshakes, in microseconds.'),
    device: z
      .strictObject({
        submitMicroseconds: microseconds
          .optional()
          .describe('Processor time to submit one operation to a device and receive its result, in microseconds.'),
        retrievalMicroseconds: microseconds
          .optional()
          .describe('Longest time that a finished operation waits until HAProxy retrieves it, in microseconds.'),
        batchSize: z.int().min(1).max(64).optional().describe('Number of finished operations that trigger an immediate retrieval.'),
        groups: each(groups, operation).optional().describe('Throughput and latency of key exchanges on one device, by group.'),
        signatures: each(keyAlgorithms, operation)
          .optional()
          .describe('Throughput and latency of signatures on one device, by key algorithm.'),
      })
      .optional()
      .describe('Costs and performance of acceleration devices.'),
    memory: z
      .strictObject({
        instanceMebibytes: z.number().positive().optional().describe('Memory of an instance without sessions, in MiB.'),
        sessionKibibytes: z
          .number()
          .positive()
          .optional()
          .describe('Memory of one open session including its connection to the backend, in KiB.'),
      })
      .optional()
      .describe('Memory of an instance.'),
    targetUtilization: z
      .number()
      .min(0.1)
      .max(0.8)
      .optional()
      .describe(
        'Maximum utilization of processors and devices at peak load after the loss of a failure domain; the sizing formulas are valid up to 0.8.',
      ),
    deviceCostInCores: z.number().min(0).optional().describe('Cost of one device, expressed in processor cores.'),
  })
  .meta({ id: 'Calibration', description: 'Costs measured on the machines of a site, which replace the defaults.' });

/** A calibration after parsing. */
export type CalibrationSpec = z.output<typeof calibrationSpec>;
