import { CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { CloudSiteScope } from '../../core/scope/cloud';
import type { GroupReference, GroupRule, RulePeer } from '../walls/group-rules';
import { rawResource } from './raw-resource';

/** Security groups that rules refer to. */
export type Groups = Pick<CloudSiteScope, 'endpointGroupId' | 'platformGroupId' | 'groupId'>;

function groupIdOf(reference: GroupReference, groups: Groups): string {
  if (reference.kind === 'zone') return groups.groupId(reference.zone, reference.role);
  return reference.kind === 'endpoints' ? groups.endpointGroupId : groups.platformGroupId;
}

function source(peer: RulePeer, groups: Groups): object {
  if (peer.kind === 'cidr') return { cidrIp: peer.cidr };
  return peer.kind === 'prefix-list' ? { sourcePrefixListId: peer.prefixList } : { sourceSecurityGroupId: groupIdOf(peer, groups) };
}

function destination(peer: RulePeer, groups: Groups): object {
  if (peer.kind === 'cidr') return { cidrIp: peer.cidr };
  return peer.kind === 'prefix-list'
    ? { destinationPrefixListId: peer.prefixList }
    : { destinationSecurityGroupId: groupIdOf(peer, groups) };
}

/** Adds a security group rule as a separate resource, because inline rules of groups that refer to each other would be a cycle. */
export function emitSecurityGroupRule(scope: Construct, rule: GroupRule, groups: Groups): void {
  const id = rule.id.replaceAll('/', ':');
  const common = {
    groupId: groupIdOf(rule.owner, groups),
    ipProtocol: rule.protocol.toLowerCase(),
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    description: rule.description,
  };
  if (rule.direction === 'ingress') rawResource(scope, id, CfnSecurityGroupIngress, { ...common, ...source(rule.peer, groups) });
  else rawResource(scope, id, CfnSecurityGroupEgress, { ...common, ...destination(rule.peer, groups) });
}
