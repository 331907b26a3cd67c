import { z } from 'zod';
import { buildFeatures, cipherSuites, groups, legacyCipherSuites, signatureAlgorithms, tlsLibraries } from './spec';

/** The HAProxy build that every tier runs, as planned. */
export const haproxyPlan = z
  .object({
    imageDigest: z.string(),
    version: z.string(),
    tlsLibrary: z.object({ name: z.enum(tlsLibraries), version: z.string() }),
    features: z.array(z.enum(buildFeatures)),
  })
  .meta({ id: 'HaproxyPlan' });

/** A TLS profile with all attributes resolved. */
export const profilePlan = z
  .object({
    name: z.string(),
    /** The preset itself, or the preset that the profile is derived from. */
    base: z.string(),
    /** Standards that the preset follows. */
    source: z.string(),
    versions: z.array(z.enum(['TLSv1.2', 'TLSv1.3'])),
    cipherSuites: z.array(z.enum(cipherSuites)),
    legacyCipherSuites: z.array(z.enum(legacyCipherSuites)),
    groups: z.array(z.enum(groups)),
    signatureAlgorithms: z.array(z.enum(signatureAlgorithms)),
    clientAuthentication: z.enum(['none', 'required']),
    resumption: z.object({ tickets: z.boolean(), lifetimeSeconds: z.number() }),
    /** True if all cryptography must run in OpenSSL's FIPS provider. */
    fipsProvider: z.boolean(),
    /** Reason why the profile may be weaker than its base, and the last day on which it may (YYYY-MM-DD, UTC). */
    weaker: z.object({ reason: z.string(), expires: z.string() }).optional(),
  })
  .meta({ id: 'ProfilePlan' });

/** The termination tier of a zone at one site. */
export const tierPlan = z
  .object({
    /** Id of the zone. */
    zone: z.string(),
    profile: profilePlan,
    acceleration: z.enum(['hardware', 'software']),
    /** Why this acceleration was chosen, in one sentence with numbers. */
    reason: z.string(),
    /** Instances in normal operation. */
    instances: z.number(),
    /** Upper limit of instances, which a rolling update or a failover may reach. */
    maxInstances: z.number(),
    /** Instances that must stay available during a disruption. */
    minAvailable: z.number(),
    /** Processor cores of one instance. */
    cpuCores: z.number(),
    memoryMebibytes: z.number(),
    threads: z.number(),
    maxConnections: z.number(),
    pinnedCpus: z.boolean(),
    /** True if scale-in is disabled because it would cut long sessions. */
    scaleInProtected: z.boolean(),
    drainSeconds: z.number(),
    /** On-prem only: extended resource name and number of devices of one instance, and the label of nodes that have them. */
    device: z.object({ resource: z.string(), count: z.number(), nodeLabel: z.string() }).optional(),
    /** Cloud only: EC2 instance type. */
    instanceType: z.string().optional(),
    /** Load that the tier is sized for, and the figures of one instance when only the needed instances are left at peak load. */
    sizing: z
      .object({
        newSessionsPerSecond: z.number(),
        neededInstances: z.number(),
        /** Mean processor time of a handshake, in microseconds. */
        serviceMicroseconds: z.number(),
        /** The same without devices, in microseconds; alerts compare both to detect devices that do not work. */
        softwareMicroseconds: z.number().optional(),
        /** Utilization of the processors of one instance, between 0 and 1. */
        utilization: z.number(),
        /** Cost of all instances, in processor cores. */
        costInCores: z.number(),
        latencies: z.array(
          z.object({ endpoint: z.string(), percentile: z.number(), microseconds: z.number(), budgetMicroseconds: z.number() }),
        ),
        /** Source of the costs: the defaults or a calibration. */
        costs: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'TierPlan' });

/** A load balancer listener in the cloud that terminates TLS itself. */
export const managedListenerPlan = z
  .object({
    zone: z.string(),
    endpoint: z.string(),
    /** Name of the AWS security policy that matches the zone's profile. */
    sslPolicy: z.string(),
  })
  .meta({ id: 'ManagedListenerPlan' });

export type HaproxyPlan = z.infer<typeof haproxyPlan>;
export type ProfilePlan = z.infer<typeof profilePlan>;
export type TierPlan = z.infer<typeof tierPlan>;
export type ManagedListenerPlan = z.infer<typeof managedListenerPlan>;
