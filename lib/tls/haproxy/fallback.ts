import type { HaproxyPlan, TierPlan } from '../plan-schema';
import { renderCapacity } from './capacity';
import { section } from './words';

/** Name of a backend without servers, which only an instance has that goes on in software: HAProxy's own metrics name it. */
export const fallbackMark = 'diptych.software';

/** The means of a hardware tier's instance whose devices do not work. */
export function renderFallback(tier: TierPlan, haproxy: HaproxyPlan): string {
  return [renderCapacity({ ...tier, acceleration: 'software' }, haproxy), section(`backend ${fallbackMark}`, [])].join('\n');
}
