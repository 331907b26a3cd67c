import { z } from 'zod';
import { identitySchema } from '../../process/process-identity';

/** Version of the record format: within a version, fields may be added but not removed or redefined. */
export const recordVersion = 'diptych/deployment/2';

const problem = z.object({ code: z.string(), path: z.string(), message: z.string(), got: z.string().optional(), fix: z.string() });

/** State of a step. `not-reached` means that it never started because of a failure, a cancellation or a lost site. */
export const stepStatus = z.enum(['waiting', 'running', 'done', 'failed', 'interrupted', 'not-reached']);

const step = z.object({
  /** Name of the stack. */
  stack: z.string(),
  site: z.string(),
  half: z.enum(['cloud', 'on-prem']),
  by: z.enum(['cdk', 'terraform', 'apply']),
  status: stepStatus,
  started: z.iso.datetime().optional(),
  ended: z.iso.datetime().optional(),
  /** Whether the step changed anything live; absent until known. */
  changed: z.boolean().optional(),
  /** Summary of a few words. */
  summary: z.string().optional(),
  /** Log file of the tool, relative to the folder of the records. */
  log: z.string(),
  /** Process groups started by the tool, oldest first. */
  groups: z.array(identitySchema).default([]),
  /** Terraform addresses of Deployments that were untainted because their creation had timed out. */
  untainted: z.array(z.string()).default([]),
  /** State locks of killed attempts that were released. */
  unlocked: z.array(z.string()).default([]),
  /** Number of the run that completed the step. */
  doneIn: z.int().optional(),
  /** Fingerprint of the stack when the step completed. */
  fingerprint: z.string().optional(),
  problem: problem.optional(),
});

/** Record of one run of `diptych deploy` or `diptych destroy`. */
export const recordSchema = z.object({
  version: z.literal(recordVersion),
  number: z.int(),
  action: z.enum(['deploy', 'destroy']),
  estate: z.string(),
  /** Combined digest of the deployed artifacts. */
  artifacts: z.string(),
  process: identitySchema,
  started: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  outcome: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Number of the run that this one resumes. */
  resumes: z.int().optional(),
  /** Sites left out with `--site-lost`. */
  sitesLost: z.array(z.string()).default([]),
  steps: z.array(step),
});

export type DeploymentRecord = z.infer<typeof recordSchema>;
export type StepRecord = z.infer<typeof step>;
