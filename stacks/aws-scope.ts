import type { Stack } from 'aws-cdk-lib/core';
import { stackName } from '../lib/artifacts/stack-kinds';
import type { GroupRole } from '../lib/core/group-role';
import type { CloudSiteScope } from '../lib/core/scope/cloud';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import type { TierSiteScope } from '../lib/tls/aws/site-scope';
import type { Groups } from '../lib/zones/aws/group-rule';
import { plainImport } from '../lib/zones/aws/plain-resource';
import { bucketOf } from '../lib/zones/bucket';
import type { CloudZonePlan } from '../lib/zones/plan-schema';
import { contentNamedAsset } from './aws-assets';
import { shown, shownAs } from './aws-stack';

/** Names under which stacks show values to one another. */
export const shownNames = {
  vpc: 'vpc',
  routeTable: 'route-table',
  logKey: 'log-key',
  endpointGroup: 'endpoint-group',
  platformGroup: 'platform-group',
  subnet: (zone: string, role: 'balancer' | 'tier', availabilityZone: string): string => `${zone}:${role}-subnet:${availabilityZone}`,
  group: (zone: string, role: GroupRole): string => `${zone}:${role}-group`,
};

/** A cloud site as the stacks after its network see it: by what the stacks before them show. */
export interface ShownSite extends CloudSiteScope {
  /** The same groups for plain resources, which need no tokens. */
  plainGroups(): Groups;
}

export function shownSite(plan: CloudSitePlan): ShownSite {
  const network = stackName(plan.id, 'network');
  const zones = new Map(plan.zones.map((zone) => [zone.id, zone]));
  const zoneOf = (id: string): CloudZonePlan => {
    const zone = zones.get(id);
    if (!zone) throw new RangeError(`site ${plan.id} has no zone ${id}`);
    return zone;
  };
  const stackOf = (zone: string) => stackName(plan.id, `zones-${bucketOf(zoneOf(zone).slot)}`);
  const endpointGroupId = plan.vpc?.endpointSecurityGroup ?? shown(network, shownNames.endpointGroup);
  return {
    site: plan.id,
    account: plan.account,
    region: plan.region,
    vpcId: plan.vpc?.id ?? shown(network, shownNames.vpc),
    endpointGroupId,
    platformGroupId: shown(network, shownNames.platformGroup),
    routeTableId: plan.vpc ? undefined : plainImport(shownAs(network, shownNames.routeTable)),
    logKeyArn: shown(network, shownNames.logKey),
    permissionsBoundary: plan.permissionsBoundary,
    mandatoryTags: plan.tags,
    subnetIds: (zone, role) =>
      zoneOf(zone).addresses.subnets.map(
        ({ availabilityZone, ...place }) => place[role].id ?? shown(stackOf(zone), shownNames.subnet(zone, role, availabilityZone)),
      ),
    groupId: (zone, role) => shown(stackOf(zone), shownNames.group(zone, role)),
    plainGroups: () => ({
      platformGroupId: plainImport(shownAs(network, shownNames.platformGroup)),
      endpointGroupId,
      groupId: (zone, role) => plainImport(shownAs(stackOf(zone), shownNames.group(zone, role))),
    }),
  };
}

/** The same, as one stack of tiers sees it. */
export function shownTierSite(plan: CloudSitePlan, owner: Stack): TierSiteScope {
  return {
    ...shownSite(plan),
    machineImageParameter: plan.machineImageParameter,
    rootDeviceName: plan.rootDeviceName,
    imageRepository: plan.imageRepository,
    stack: owner.stackName,
    addFile: (name, text) => contentNamedAsset(owner, name, text),
  };
}
