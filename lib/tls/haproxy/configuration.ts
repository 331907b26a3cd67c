import type { ZonePlan } from '../../zones/plan-schema';
import { instanceConnections } from '../connections';
import type { HaproxyPlan, TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { backend } from './backend';
import { graceSeconds, runtimeSocket } from './container';
import { eventLog } from './event-log';
import { frontend } from './frontend';
import { healthListener, metricsListener, requireAddress } from './listeners';
import { section, word } from './syntax';

/** OpenSSL providers of a FIPS profile; `base` reads key files and contains no cryptography. */
const fipsProviders = ['ssl-provider fips', 'ssl-provider base', 'ssl-propquery fips=yes'];

function globalSection({ profile, drainSeconds }: TierPlan): string {
  return section('global', [
    `stats socket ${runtimeSocket} mode 600 level admin`,
    `grace ${graceSeconds}s`,
    `hard-stop-after ${word(drainSeconds)}s`,
    ...(profile.fipsProvider ? fipsProviders : []),
    'ssl-load-extra-del-ext',
    // Without a session cache, sessions resume by ticket only: a cache would be local to an instance and shared by its endpoints.
    'tune.ssl.cachesize 0',
    `tune.ssl.lifetime ${word(profile.resumption.lifetimeSeconds)}`,
  ]);
}

/** Renders the `defaults` sections. Only frontends log, because notices about servers would add lines of another format to the event log. */
function defaultSections(zone: string): string[] {
  return [
    section('defaults common', ['timeout connect 5s', 'timeout client-hs 10s', 'timeout http-request 10s', 'timeout queue 5s']),
    section('defaults events from common', eventLog(zone)),
  ];
}

/**
 * Renders `haproxy.cfg` of a zone's tier: everything that clients and servers can observe. It is the same at every site except for
 * `server` lines.
 *
 * @throws {RangeError} for a value that is not a single word of HAProxy's syntax, and if the limits of the frontends exceed that of the instance
 */
export function renderConfiguration(zone: ZonePlan, tier: TierPlan, haproxy: HaproxyPlan): string {
  const endpoints = tierEndpoints(zone);
  const connections = instanceConnections(endpoints);
  if (connections > tier.maxConnections)
    throw new RangeError(
      `the frontends of zone ${zone.id} must accept at most the connections of an instance: they accept ${connections} of ${tier.maxConnections}`,
    );
  return [
    requireAddress,
    globalSection(tier),
    ...defaultSections(zone.id),
    healthListener(),
    ...(haproxy.features.includes('prometheus-exporter') ? [metricsListener()] : []),
    ...endpoints.flatMap((endpoint) => [frontend(endpoint, tier.profile, haproxy), backend(endpoint, tier.profile)]),
  ].join('\n');
}
