import type { TierPlan } from '../plan-schema';

/** Lists what the administrator of a cluster must configure on nodes with devices, since no emitted object can; empty for a software tier. */
export function tierPreconditions({ zone, device }: Pick<TierPlan, 'zone' | 'device'>): string[] {
  if (!device) return [];
  const nodes = `nodes labelled ${device.nodeLabel}=true`;
  return [
    `zone ${zone}: on ${nodes} the container runtime has device_ownership_from_security_context on, so that a user other than root may open ${device.resource}`,
    `zone ${zone}: on ${nodes} the container runtime lets containers lock as much memory as the devices map: a user other than root would gain nothing from the capability IPC_LOCK, so the tier asks for none and its namespace needs no exemption from Pod Security`,
  ];
}
