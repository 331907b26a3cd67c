import { section, table } from '../../core/markdown';
import type { SecurityGroupPlan, WallsPlan } from '../plan-schema';
import { groupName } from '../walls/group-rules';

/** Peers that may connect to load balancers, one a line. */
function clients(groups: readonly SecurityGroupPlan[]): string[][] {
  return groups.flatMap(({ owner, ingress }) =>
    owner.kind === 'zone' && owner.role === 'balancer' ? ingress.map(({ peer, port }) => [owner.zone, groupName(peer), String(port)]) : [],
  );
}

function sum(groups: readonly SecurityGroupPlan[], direction: 'ingress' | 'egress'): number {
  return groups.reduce((total, group) => total + group[direction].length, 0);
}

/** The section on security groups and network ACLs of a cloud site, in short: `plan.json` has every rule. */
export function wallsSection(zones: readonly { readonly id: string }[], { securityGroups, networkAcls }: WallsPlan): string {
  const rows = zones.map(({ id }) => {
    const own = securityGroups.filter(({ owner }) => owner.kind === 'zone' && owner.zone === id);
    return [id, sum(own, 'ingress'), sum(own, 'egress')];
  });
  const acls = networkAcls.map(({ bucket, trustLevel, zones: behind, ingress, egress }) => {
    return [`${trustLevel}-${bucket}`, behind.join(', '), ingress.length, egress.length];
  });
  return section(
    3,
    'Security groups and network ACLs',
    table(['Zone', 'Rules in', 'Rules out'], rows, 'No zone.'),
    table(['Load balancer of', 'Accepts', 'Port'], clients(securityGroups), 'No load balancer accepts a connection.'),
    table(['Network ACL', 'Zones', 'Entries in', 'Entries out'], acls, 'None.'),
  );
}
