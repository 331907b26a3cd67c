import { groupBy } from '../../core/group';
import type { ExternalPlan, LinkPlan, SecurityGroupPlan, WallsPlan } from '../plan-schema';
import type { CloudSegments } from './cloud-segments';
import { type GroupRule, groupName, groupRule, groupRules } from './group-rules';
import { networkAcls } from './network-acl';

function planGroups(rules: readonly GroupRule[]): SecurityGroupPlan[] {
  return [...groupBy(rules, ({ owner }) => groupName(owner)).values()].map((own) => {
    const toward = (direction: GroupRule['direction']) =>
      own.filter((rule) => rule.direction === direction).map(({ peer, protocol, fromPort: port }) => ({ peer, protocol, port }));
    return { owner: (own[0] as GroupRule).owner, egress: toward('egress'), ingress: toward('ingress') };
  });
}

/** Plans the security group rules and network ACLs of a cloud site. */
export function planWalls(site: CloudSegments, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): WallsPlan {
  return { securityGroups: planGroups(groupRules(site)), networkAcls: networkAcls(site, links, externals) };
}

/**
 * Walls of a planned site.
 *
 * @throws {RangeError} for a plan that was written before walls were part of it
 */
export function wallsOf({ id, walls }: { readonly id: string; readonly walls?: WallsPlan }): WallsPlan {
  if (!walls) throw new RangeError(`the plan of site ${id} has no walls`);
  return walls;
}

/** Security group rules of a plan, each with its id and description, sorted by id. */
export function plannedRules({ securityGroups }: WallsPlan): GroupRule[] {
  return securityGroups.flatMap(({ owner, egress, ingress }) => [
    ...egress.map(({ peer, port, protocol }) => groupRule(owner, 'egress', peer, port, protocol)),
    ...ingress.map(({ peer, port, protocol }) => groupRule(owner, 'ingress', peer, port, protocol)),
  ]);
}
