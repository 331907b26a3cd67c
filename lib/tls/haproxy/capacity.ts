import { deviceDriver } from '../capabilities';
import type { HaproxyPlan, TierPlan } from '../plan-schema';
import { resolvers } from './backend';
import { section, word } from './syntax';

/** The lines that hand handshakes to an accelerator, by what the build was made with. */
function accelerator({ acceleration }: TierPlan, haproxy: HaproxyPlan): string[] {
  if (acceleration === 'software') return [];
  if (deviceDriver(haproxy) === 'engine') return ['ssl-engine qatengine algo ALL', 'ssl-mode-async'];
  return ['ssl-provider qatprovider', 'ssl-provider default', 'ssl-propquery ?provider=qatprovider', 'ssl-mode-async'];
}

/** One thread a processor, where the whole machine is the tier's; a pod's processors are the kubelet's to choose. */
function processorMap({ pinnedCpus, instanceType, threads }: TierPlan): string | false {
  return pinnedCpus && instanceType !== undefined && `cpu-map auto:1/1-${word(threads)} 0-${word(threads - 1)}`;
}

/**
 * The `capacity.cfg` of a tier: with what means it runs.
 *
 * @throws {RangeError} for a text that is not one word
 */
export function renderCapacity(tier: TierPlan, haproxy: HaproxyPlan): string {
  return [
    section('global', [
      // Threads follow the machine's processors otherwise: no version of HAProxy reads a container's quota.
      `nbthread ${word(tier.threads)}`,
      processorMap(tier),
      `maxconn ${word(tier.maxConnections)}`,
      ...accelerator(tier, haproxy),
    ]),
    section(`resolvers ${resolvers}`, ['parse-resolv-conf', 'hold valid 10s']),
  ].join('\n');
}

/** Name of an empty backend that only instances in software fallback have, so that HAProxy's own metrics reveal them. */
export const softwareFallbackBackend = 'diptych.software';

/** The `capacity.cfg` that an instance of a hardware tier uses when its devices fail the self-test. */
export function renderSoftwareFallback(tier: TierPlan, haproxy: HaproxyPlan): string {
  return [renderCapacity({ ...tier, acceleration: 'software' }, haproxy), section(`backend ${softwareFallbackBackend}`, [])].join('\n');
}
