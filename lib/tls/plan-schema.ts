import { z } from 'zod';
import { buildFeatures, cipherSuites, groups, legacyCipherSuites, signatureAlgorithms, tlsLibraries } from './spec';

/** The part of the plan that this domain makes: the profile and the termination tier of a zone at one site. */

export const haproxyPlan = z
  .object({
    imageDigest: z.string(),
    version: z.string(),
    tlsLibrary: z.object({ name: z.enum(tlsLibraries), version: z.string() }),
    features: z.array(z.enum(buildFeatures)),
  })
  .meta({ id: 'HaproxyPlan' });

export const profilePlan = z
  .object({
    name: z.string(),
    /** The preset it is, or is derived from. */
    base: z.string(),
    /** Where the preset's choices come from. */
    source: z.string(),
    versions: z.array(z.enum(['TLSv1.2', 'TLSv1.3'])),
    cipherSuites: z.array(z.enum(cipherSuites)),
    legacyCipherSuites: z.array(z.enum(legacyCipherSuites)),
    groups: z.array(z.enum(groups)),
    signatureAlgorithms: z.array(z.enum(signatureAlgorithms)),
    clientAuthentication: z.enum(['none', 'required']),
    resumption: z.object({ tickets: z.boolean(), lifetimeSeconds: z.number() }),
    /** Whether the library must run its FIPS provider and nothing else. */
    fipsProvider: z.boolean(),
    /** Why a firm's own profile may be weaker than its base, and the last day on which it may. */
    weaker: z.object({ reason: z.string(), expires: z.string() }).optional(),
  })
  .meta({ id: 'ProfilePlan' });

export const tierPlan = z
  .object({
    /** Id of the zone whose TLS it ends. */
    zone: z.string(),
    profile: profilePlan,
    acceleration: z.enum(['hardware', 'software']),
    /** Why, in one sentence with its numbers. */
    reason: z.string(),
    /** Instances that run when nothing has failed. */
    instances: z.number(),
    /** Most instances that may run, with a surge or after a failover. */
    maxInstances: z.number(),
    /** Instances that must stay available in a disruption. */
    minAvailable: z.number(),
    /** Of one instance. */
    cpuCores: z.number(),
    memoryMebibytes: z.number(),
    threads: z.number(),
    maxConnections: z.number(),
    pinnedCpus: z.boolean(),
    /** Whether scale-in would cut long sessions and is therefore off. */
    scaleInProtected: z.boolean(),
    drainSeconds: z.number(),
    /** On-prem: name and count of the device resource of one instance. */
    device: z.object({ resource: z.string(), count: z.number(), nodeLabel: z.string() }).optional(),
    /** In the cloud. */
    instanceType: z.string().optional(),
    /** The load it was sized for, and what one instance does under it when as few are left as the peak needs. */
    sizing: z
      .object({
        newSessionsPerSecond: z.number(),
        neededInstances: z.number(),
        /** Mean processor time of a handshake, in microseconds. */
        serviceMicroseconds: z.number(),
        /** What it would be without devices: by which of the two it costs one sees whether they work. */
        softwareMicroseconds: z.number().optional(),
        /** Share of time that a processor of the instance is busy. */
        utilization: z.number(),
        /** Of all instances, in processor cores. */
        costInCores: z.number(),
        latencies: z.array(
          z.object({ endpoint: z.string(), percentile: z.number(), microseconds: z.number(), budgetMicroseconds: z.number() }),
        ),
        costs: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'TierPlan' });

/** A listener of a balancer that ends TLS itself, in the cloud. */
export const managedListenerPlan = z
  .object({
    zone: z.string(),
    endpoint: z.string(),
    /** Name of the security policy that keeps the zone's profile. */
    sslPolicy: z.string(),
  })
  .meta({ id: 'ManagedListenerPlan' });

export type HaproxyPlan = z.infer<typeof haproxyPlan>;
export type ProfilePlan = z.infer<typeof profilePlan>;
export type TierPlan = z.infer<typeof tierPlan>;
export type ManagedListenerPlan = z.infer<typeof managedListenerPlan>;
