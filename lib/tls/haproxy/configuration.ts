import type { EndpointPlan, ZonePlan } from '../../zones/plan-schema';
import type { HaproxyPlan, TierPlan } from '../plan-schema';
import { backend } from './backend';
import { graceSeconds, runtimeSocket } from './container';
import { eventLog } from './event-log';
import { frontend } from './frontend';
import { healthListener, metricsListener } from './listeners';
import { section, word } from './syntax';

/** The providers of a library that may compute with validated modules only; `base` reads key files and computes nothing. */
const validatedProviders = ['ssl-provider fips', 'ssl-provider base', 'ssl-propquery fips=yes'];

function globalSection({ profile, drainSeconds }: TierPlan): string {
  return section('global', [
    `stats socket ${runtimeSocket} mode 600 level admin`,
    `grace ${graceSeconds}s`,
    `hard-stop-after ${word(drainSeconds)}s`,
    ...(profile.fipsProvider ? validatedProviders : []),
    'ssl-load-extra-del-ext',
    // Sessions resume by ticket or not at all: a cache would be one instance's own, and shared by its endpoints.
    'tune.ssl.cachesize 0',
    `tune.ssl.lifetime ${word(profile.resumption.lifetimeSeconds)}`,
  ]);
}

/** What every part shares. Only frontends of endpoints log: notices about servers would be lines of another kind in the event log. */
function defaultSections(zone: string): string[] {
  return [
    section('defaults common', ['timeout connect 5s', 'timeout client-hs 10s', 'timeout http-request 10s', 'timeout queue 5s']),
    section('defaults events from common', eventLog(zone)),
  ];
}

/**
 * The `haproxy.cfg` of a zone's tier: what the tier means, and the same at every site but for its `server` lines.
 *
 * @throws {RangeError} for a text that is not one word
 */
export function renderConfiguration(zone: ZonePlan, tier: TierPlan, haproxy: HaproxyPlan): string {
  const endpoints = zone.endpoints.filter(({ managedCertificate }: EndpointPlan) => managedCertificate === undefined);
  return [
    globalSection(tier),
    ...defaultSections(zone.id),
    healthListener(),
    ...(haproxy.features.includes('prometheus-exporter') ? [metricsListener()] : []),
    ...endpoints.flatMap((endpoint) => [frontend(endpoint, tier.profile, haproxy), backend(endpoint, tier.profile)]),
  ].join('\n');
}
