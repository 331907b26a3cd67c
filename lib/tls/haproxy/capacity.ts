import { deviceDriver } from '../capabilities';
import type { HaproxyPlan, TierPlan } from '../plan-schema';
import { resolvers } from './backend';
import { section, word } from './syntax';

/** Directives that hand handshakes to acceleration devices, through the engine or the provider of the build. */
function accelerator({ acceleration }: TierPlan, haproxy: HaproxyPlan): string[] {
  if (acceleration === 'software') return [];
  if (deviceDriver(haproxy) === 'engine') return ['ssl-engine qatengine algo ALL', 'ssl-mode-async'];
  return ['ssl-provider qatprovider', 'ssl-provider default', 'ssl-propquery ?provider=qatprovider', 'ssl-mode-async'];
}

/** Pins one thread to each processor in the cloud, where the tier owns the machine. On-prem, the kubelet assigns processors to pods. */
function processorMap({ pinnedCpus, instanceType, threads }: TierPlan): string | false {
  return pinnedCpus && instanceType !== undefined && `cpu-map auto:1/1-${word(threads)} 0-${word(threads - 1)}`;
}

/**
 * Resolution of server names.
 *
 * While name servers do not answer, answer with an error or truncate their answers, a server keeps its last address for a day; by default
 * it would lose it after 30 seconds. A name that no longer exists (NXDOMAIN) keeps the default.
 *
 * @see {@link https://docs.haproxy.org/3.0/configuration.html#5.3.2}
 */
const resolverLines: readonly string[] = [
  'parse-resolv-conf',
  // HAProxy does not repeat a truncated query over TCP, and the default of 512 bytes holds about 29 addresses.
  'accepted_payload_size 4096',
  'hold valid 10s',
  'hold timeout 1d',
  'hold refused 1d',
  'hold other 1d',
];

/**
 * Renders `capacity.cfg`: threads, connection limit and acceleration of an instance, which may differ between sites.
 *
 * @throws {RangeError} for a value that is not a single word of HAProxy's syntax
 */
export function renderCapacity(tier: TierPlan, haproxy: HaproxyPlan): string {
  return [
    section('global', [
      // By default, HAProxy starts a thread for every processor of the machine, because it does not read a container's CPU quota.
      `nbthread ${word(tier.threads)}`,
      processorMap(tier),
      `maxconn ${word(tier.maxConnections)}`,
      ...accelerator(tier, haproxy),
    ]),
    section(`resolvers ${resolvers}`, resolverLines),
  ].join('\n');
}

/** File descriptors that an instance opens at most: two per connection, plus those of listeners, health checks, logs and threads. */
export function fileDescriptors({ maxConnections, threads }: TierPlan): number {
  return 2 * maxConnections + 64 * threads + 1_024;
}

/** Name of an empty backend that only instances in software fallback have, so that HAProxy's own metrics reveal them. */
export const softwareFallbackBackend = 'diptych.software';

/** The `capacity.cfg` that an instance of a hardware tier uses when its devices fail the self-test. */
export function renderSoftwareFallback(tier: TierPlan, haproxy: HaproxyPlan): string {
  return [renderCapacity({ ...tier, acceleration: 'software' }, haproxy), section(`backend ${softwareFallbackBackend}`, [])].join('\n');
}
