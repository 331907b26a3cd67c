import type { Problem } from '../../core/problem';
import type { ZonePlan } from '../../zones/plan-schema';
import { tlsProblem } from '../codes';
import { chooseManagedPolicy, type ManagedAttribute } from '../managed-policy';
import type { ManagedListenerPlan, ProfilePlan } from '../plan-schema';

/** How errors name the attributes of a profile. */
const attributeNames: Readonly<Record<ManagedAttribute, string>> = {
  versions: 'protocol versions',
  fipsProvider: 'FIPS validation',
  groups: 'key exchange groups',
  cipherSuites: 'TLS 1.3 cipher suites',
  legacyCipherSuites: 'TLS 1.2 cipher suites',
};

/** Plans the load balancer listeners of a zone that terminate TLS themselves, each with the security policy that matches the profile. */
export function planManagedListeners(zone: ZonePlan, profile: ProfilePlan): { listeners: ManagedListenerPlan[]; problems: Problem[] } {
  const managed = zone.endpoints.filter(({ managedCertificate }) => managedCertificate !== undefined);
  const choice = chooseManagedPolicy(profile);
  if ('policy' in choice) {
    return { listeners: managed.map(({ id }) => ({ zone: zone.id, endpoint: id, sslPolicy: choice.policy })), problems: [] };
  }
  const problems = managed.map(({ id }) =>
    tlsProblem('TLS040', `zones/${zone.id}/endpoints/${id}/managed`, {
      wrong: `no security policy of a network load balancer matches the ${attributeNames[choice.unmatched]} of profile ${profile.name}`,
      rule: 'a managed endpoint must have a profile that one of the security policies matches',
      fix: 'Remove managed, so that the tier terminates TLS, or choose a profile that a security policy matches: strict, compatible, hybrid-pq or fips.',
    }),
  );
  return { listeners: [], problems };
}
