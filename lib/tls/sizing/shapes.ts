import type { TierSite } from '../tier-site';
import type { Costs } from './costs';
import type { Acceleration } from './handshake';
import type { Shape } from './instance';
import { instanceTypeOf } from './instance-types';

/** Sizes of an instance on-prem, in cores: powers of two that fit beside others on common nodes. */
const onPremCores = [2, 4, 8, 16] as const;

/** Most threads of one HAProxy process in one thread group. @see HAProxy configuration manual, `nbthread` */
const mostThreads = 64;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Numbers of devices worth trying: doubling, up to all that a node offers. */
function deviceCounts(devicesPerNode: number): number[] {
  const doubled = [1, 2, 4, 8, 16, 32, 64].filter((count) => count < devicesPerNode);
  return [...doubled, devicesPerNode];
}

function onPrem(site: TierSite, acceleration: Acceleration, { deviceCostInCores }: Costs): Shape[] {
  const counts = acceleration === 'hardware' ? deviceCounts(site.hardware?.devicesPerNode ?? 0) : [0];
  return onPremCores.flatMap((cores) =>
    counts.map((devices) => ({
      name: devices > 0 ? `${plural(cores, 'core')} and ${plural(devices, 'device')}` : plural(cores, 'core'),
      cores,
      threads: cores,
      devices,
      costInCores: cores + devices * deviceCostInCores,
    })),
  );
}

/** A machine is paid for whole, by its virtual processors: within a family AWS prices are proportional to them. */
function cloud(names: readonly string[], acceleration: Acceleration): Shape[] {
  return names.flatMap((name) => {
    const type = instanceTypeOf(name);
    if (!type) return [];
    return {
      name,
      cores: type.virtualCpus,
      threads: Math.min(mostThreads, type.virtualCpus),
      devices: acceleration === 'hardware' ? type.devices : 0,
      costInCores: type.virtualCpus,
      memoryMebibytes: type.memoryMebibytes,
      instanceType: name,
    };
  });
}

/** The instances that a site offers for one kind of acceleration. */
export function shapesOf(site: TierSite, acceleration: Acceleration, costs: Costs): Shape[] {
  if (acceleration === 'hardware' && !offersHardware(site)) return [];
  if (site.kind === 'on-prem') return onPrem(site, acceleration, costs);
  return cloud(site.instanceTypes?.[acceleration] ?? [], acceleration);
}

/** Whether a site has acceleration hardware at all. */
export function offersHardware(site: TierSite): boolean {
  return site.kind === 'on-prem' ? site.hardware !== undefined : (site.instanceTypes?.hardware?.length ?? 0) > 0;
}
