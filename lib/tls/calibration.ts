import { z } from 'zod';
import { sentence } from '../core/schema';
import { keyAlgorithms } from '../zones/spec';
import { groups } from './spec';

/** What a firm measured on machines of its own, in place of the costs that Diptych comes with. */

const microseconds = z.number().positive().max(1_000_000);

/** One optional attribute a key, so that an unknown key is an error and a missing one keeps its default. */
function each<K extends string, T extends z.ZodType>(keys: readonly K[], value: T) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, value.optional()])) as Record<K, z.ZodOptional<T>>);
}

const operation = z.strictObject({
  perSecond: z.number().positive().describe('Operations that one device completes in a second.'),
  microseconds: microseconds.describe('Round trip of one operation through an idle device, in microseconds.'),
});

export const calibrationSpec = z
  .strictObject({
    source: sentence.describe('Where and when the figures were measured.'),
    handshake: z
      .strictObject({
        connectionMicroseconds: microseconds.optional().describe('Processor time of a connection without its key exchange and signature.'),
        groups: each(groups, microseconds).optional().describe('Processor time of a key exchange, by group.'),
        signatures: each(keyAlgorithms, microseconds)
          .optional()
          .describe('Processor time of the signature and the certificate messages, by key algorithm.'),
        clientCertificateMicroseconds: microseconds.optional().describe('Processor time to verify a client certificate.'),
      })
      .optional()
      .describe('Processor time of handshakes, in microseconds.'),
    device: z
      .strictObject({
        submitMicroseconds: microseconds.optional().describe('Processor time to hand over one operation and take back its result.'),
        retrievalMicroseconds: microseconds.optional().describe('The longest that a finished operation waits to be fetched.'),
        batchSize: z.int().min(1).max(64).optional().describe('Finished operations that are fetched at once without waiting.'),
        groups: each(groups, operation).optional().describe('Key exchanges on one device, by group.'),
        signatures: each(keyAlgorithms, operation).optional().describe('Signatures on one device, by key algorithm.'),
      })
      .optional()
      .describe('What acceleration devices do.'),
    memory: z
      .strictObject({
        instanceMebibytes: z.number().positive().optional().describe('Memory of an instance without sessions.'),
        sessionKibibytes: z.number().positive().optional().describe('Memory of one open session, with its connection to the backend.'),
      })
      .optional()
      .describe('Memory of an instance.'),
    targetUtilization: z
      .number()
      .min(0.1)
      .max(0.8)
      .optional()
      .describe('Share of processors and devices that may be busy at the peak after a failure; the formulas hold up to 0.8.'),
    deviceCostInCores: z.number().min(0).optional().describe('What one device costs, in processor cores.'),
  })
  .meta({ id: 'Calibration', description: 'Costs measured on the machines of a site, in place of the defaults.' });

/** Measured costs after parsing. */
export type CalibrationSpec = z.output<typeof calibrationSpec>;
