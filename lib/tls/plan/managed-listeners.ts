import { type Problem, problem } from '../../core/problem';
import type { ZonePlan } from '../../zones/plan-schema';
import { chooseManagedPolicy } from '../managed-policy';
import type { ManagedListenerPlan, ProfilePlan } from '../plan-schema';

/** The listeners of a zone's balancer that end TLS themselves, each with the security policy that keeps the zone's profile. */
export function planManagedListeners(zone: ZonePlan, profile: ProfilePlan): { listeners: ManagedListenerPlan[]; problems: Problem[] } {
  const managed = zone.endpoints.filter(({ managedCertificate }) => managedCertificate !== undefined);
  const choice = chooseManagedPolicy(profile);
  if ('policy' in choice) {
    return { listeners: managed.map(({ id }) => ({ zone: zone.id, endpoint: id, sslPolicy: choice.policy })), problems: [] };
  }
  const problems = managed.map(({ id }) =>
    problem('TLS040', `zones/${zone.id}/endpoints/${id}/managed`, {
      cannot: 'end TLS on a balancer of its own',
      as: `one of its security policies has to keep the ${choice.unkept} of profile ${profile.name}`,
      value: profile[choice.unkept],
      fix: 'take managed away, so that the tier ends TLS, or choose a profile that a security policy keeps: strict, compatible, hybrid-pq or fips',
    }),
  );
  return { listeners: [], problems };
}
