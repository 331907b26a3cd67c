import { z } from 'zod';
import { identitySchema } from '../../process/process-identity';

/** Version of a record: a field may be added within one, never removed or given another meaning. */
export const recordVersion = 'diptych/deployment/2';

const problem = z.object({ code: z.string(), path: z.string(), message: z.string(), fix: z.string() });

/** How far a step got. `not-reached` is said of what a failure, a cancellation or a lost site kept from starting. */
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
  /** Whether anything live was changed; absent until it is known. */
  changed: z.boolean().optional(),
  /** What happened, in a few words. */
  summary: z.string().optional(),
  /** File that keeps what the tool printed, below the folder of deployments. */
  log: z.string(),
  /** Process groups of its tool, the last one last. */
  groups: z.array(identitySchema).default([]),
  /** Deployments whose creation had timed out, and that were kept from being replaced. */
  untainted: z.array(z.string()).default([]),
  /** Locks of a tool that was killed, given back. */
  unlocked: z.array(z.string()).default([]),
  /** Number of the deployment in which it was done. */
  doneIn: z.int().optional(),
  /** What its control plane said of the stack when it was done. */
  fingerprint: z.string().optional(),
  problem: problem.optional(),
});

/** What one run of `diptych deploy` or `diptych destroy` did. */
export const recordSchema = z.object({
  version: z.literal(recordVersion),
  number: z.int(),
  action: z.enum(['deploy', 'destroy']),
  estate: z.string(),
  /** Digest of the digests of the artifacts that it deployed. */
  artifacts: z.string(),
  process: identitySchema,
  started: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  outcome: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** The deployment that it took up where it stopped. */
  resumes: z.int().optional(),
  /** Sites that the caller gave up. */
  sitesLost: z.array(z.string()).default([]),
  steps: z.array(step),
});

export type DeploymentRecord = z.infer<typeof recordSchema>;
export type StepRecord = z.infer<typeof step>;
