import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with profiles and termination tiers. */
export const tlsCodes: CodeCatalogue = {
  TLS040: {
    title: "No security policy of a balancer's own listener keeps the profile",
    explanation:
      "A managed endpoint is served by the network load balancer's own TLS listener, which knows a fixed list of security policies. None of them offers the profile's versions and groups without offering something that the profile excludes: hybrid groups are only offered beside classical ones, and single suites cannot be taken away.",
    fix: 'Take managed away, so that the tier ends TLS, or choose a profile that a security policy keeps: strict, hybrid-pq or fips.',
  },
};
