import { type Problem, problem } from '../core/problem';
import type { ZonePlan } from '../zones/plan-schema';
import { managedPolicyOf } from './managed-policy';
import type { ManagedListenerPlan, ProfilePlan } from './plan-schema';

/** The listeners of a zone's balancer that end TLS themselves, each with the security policy that keeps the zone's profile. */
export function planManagedListeners(zone: ZonePlan, profile: ProfilePlan): { listeners: ManagedListenerPlan[]; problems: Problem[] } {
  const managed = zone.endpoints.filter(({ managedCertificate }) => managedCertificate !== undefined);
  const sslPolicy = managedPolicyOf(profile);
  if (sslPolicy !== undefined) return { listeners: managed.map(({ id }) => ({ zone: zone.id, endpoint: id, sslPolicy })), problems: [] };
  const problems = managed.map(({ id }) =>
    problem('TLS040', `zones/${zone.id}/endpoints/${id}/managed`, {
      cannot: 'end TLS on a balancer of its own',
      as: `the profile ${profile.name} has to be kept by one of the documented security policies`,
      value: profile.groups,
      fix: 'take managed away, so that the tier ends TLS, or choose a profile that a security policy keeps: strict, hybrid-pq or fips',
    }),
  );
  return { listeners: [], problems };
}
