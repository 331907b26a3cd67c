import type { Problem } from '../../core/problem';
import { isAtLeast } from '../capabilities';
import { tlsProblem } from '../codes';
import { unreadySeconds } from '../haproxy/container';
import { isDrainCut } from '../haproxy/cut-drain';
import type { HaproxyPlan, TierPlan } from '../plan-schema';
import type { PlannedSite } from '../planned-site';

/** First OpenSSL release whose threads no longer wait for most of the time. */
const firstScalableOpenssl = '3.2';

/** Number of threads up to which waiting is not noticed. HAProxy's documents name no number. */
const threadsWithoutContention = 4;

/**
 * Warns of an OpenSSL release that is slow with the threads that tiers run.
 *
 * @see HAProxy's INSTALL, 4.5: OpenSSL 3.0 can be 2 to 20 times slower, and 3.1 recovers a small fraction
 */
export function slowLibrary({ tlsLibrary }: HaproxyPlan, tiers: readonly TierPlan[]): Problem[] {
  const threads = Math.max(0, ...tiers.map((tier) => tier.threads));
  if (tlsLibrary.name !== 'openssl' || isAtLeast(tlsLibrary.version, firstScalableOpenssl) || threads <= threadsWithoutContention)
    return [];
  return [
    tlsProblem('TLS050', 'haproxy/tlsLibrary', {
      wrong: `tiers run up to ${threads} threads, and threads wait for each other in this release of OpenSSL`,
      rule: `the TLS library of tiers with more than ${threadsWithoutContention} threads must be OpenSSL ${firstScalableOpenssl} or later, or AWS-LC`,
      got: tlsLibrary.version,
      fix: 'Use an image with OpenSSL 3.5 and set haproxy/tlsLibrary to { name: openssl, version: "3.5" }.',
    }),
  ];
}

/** Warns of sites whose load balancer ends open sessions before the tiers do. */
export function cutDrains(sites: readonly PlannedSite[]): Problem[] {
  return sites.flatMap((site) => {
    const cut = site.tiers.filter((tier) => isDrainCut(site, tier));
    if (site.kind !== 'on-prem' || cut.length === 0) return [];
    return tlsProblem('TLS051', `sites/${site.id}/loadBalancer`, {
      wrong: `open sessions of ${cut.map(({ zone, drainSeconds }) => `zone ${zone} (drain of ${drainSeconds} s)`).join(', ')} are cut ${unreadySeconds} s after their instance starts to stop`,
      rule: 'the load balancer of a site must keep open sessions at a stopping instance until it ends',
      got: site.loadBalancer,
      fix: 'Use a load balancer that does and declare loadBalancer: draining, or roll out at times without sessions.',
    });
  });
}
