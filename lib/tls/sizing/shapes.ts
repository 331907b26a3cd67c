import { onPremCores, type TierSite } from '../tier-site';
import type { Costs } from './costs';
import type { Acceleration } from './handshake';
import type { Shape } from './instance';
import { instanceTypeOf } from './instance-types';

/** Limit of threads in one HAProxy thread group. @see HAProxy configuration manual, `nbthread` */
const maxThreads = 64;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Numbers of devices to try: powers of two up to the devices of a node. */
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

/** Cloud shapes. Their cost is the virtual processors of the whole machine, since AWS prices are proportional to them within a family. */
function cloud(names: readonly string[], acceleration: Acceleration): Shape[] {
  return names.flatMap((name) => {
    const type = instanceTypeOf(name);
    if (!type) return [];
    return {
      name,
      cores: type.virtualCpus,
      threads: Math.min(maxThreads, type.virtualCpus),
      devices: acceleration === 'hardware' ? type.devices : 0,
      costInCores: type.virtualCpus,
      memoryMebibytes: type.memoryMebibytes,
      instanceType: name,
    };
  });
}

/** Lists the instance sizes that a site offers for one kind of acceleration. */
export function shapesOf(site: TierSite, acceleration: Acceleration, costs: Costs): Shape[] {
  if (acceleration === 'hardware' && !offersHardware(site)) return [];
  if (site.kind === 'on-prem') return onPrem(site, acceleration, costs);
  return cloud(site.instanceTypes?.[acceleration] ?? [], acceleration);
}

/** True if a site has acceleration hardware. */
export function offersHardware(site: TierSite): boolean {
  return site.kind === 'on-prem' ? site.hardware !== undefined : (site.instanceTypes?.hardware?.length ?? 0) > 0;
}
