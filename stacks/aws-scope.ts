import type { Stack } from 'aws-cdk-lib/core';
import { stackName } from '../lib/artifacts/stack-kinds';
import type { GroupRole } from '../lib/core/labels';
import type { CloudSiteScope } from '../lib/core/scope/cloud';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import type { TierSiteScope } from '../lib/tls/aws/site-scope';
import { rawImportValue } from '../lib/zones/aws/raw-resource';
import type { Groups } from '../lib/zones/aws/security-group-rule';
import { bucketOf } from '../lib/zones/classification';
import type { CloudZonePlan } from '../lib/zones/plan-schema';
import { contentNamedAsset } from './aws-assets';
import { exportNameOf, importedValue } from './aws-stack';

/** Names of the values that stacks export to one another. */
export const exportNames = {
  vpc: 'vpc',
  routeTable: 'route-table',
  logKey: 'log-key',
  endpointGroup: 'endpoint-group',
  platformGroup: 'platform-group',
  subnet: (zone: string, role: 'balancer' | 'tier', availabilityZone: string): string => `${zone}:${role}-subnet:${availabilityZone}`,
  group: (zone: string, role: GroupRole): string => `${zone}:${role}-group`,
};

/** A cloud site as seen by later stacks, through the exports of earlier ones. */
export interface ImportedSite extends CloudSiteScope {
  /** The same security groups as raw intrinsics, for raw resources. */
  rawGroups(): Groups;
}

export function importedSite(plan: CloudSitePlan): ImportedSite {
  const network = stackName(plan.id, 'network');
  const zones = new Map(plan.zones.map((zone) => [zone.id, zone]));
  const zoneOf = (id: string): CloudZonePlan => {
    const zone = zones.get(id);
    if (!zone) throw new RangeError(`site ${plan.id} has no zone ${id}`);
    return zone;
  };
  const stackOf = (zone: string) => stackName(plan.id, `zones-${bucketOf(zoneOf(zone).slot)}`);
  const endpointGroupId = plan.vpc?.endpointSecurityGroup ?? importedValue(network, exportNames.endpointGroup);
  return {
    site: plan.id,
    account: plan.account,
    region: plan.region,
    vpcId: plan.vpc?.id ?? importedValue(network, exportNames.vpc),
    endpointGroupId,
    platformGroupId: importedValue(network, exportNames.platformGroup),
    routeTableId: plan.vpc ? undefined : rawImportValue(exportNameOf(network, exportNames.routeTable)),
    logKeyArn: importedValue(network, exportNames.logKey),
    permissionsBoundary: plan.permissionsBoundary,
    mandatoryTags: plan.tags,
    subnetIds: (zone, role) =>
      zoneOf(zone).addresses.subnets.map(
        ({ availabilityZone, ...place }) =>
          place[role].id ?? importedValue(stackOf(zone), exportNames.subnet(zone, role, availabilityZone)),
      ),
    groupId: (zone, role) => importedValue(stackOf(zone), exportNames.group(zone, role)),
    rawGroups: () => ({
      platformGroupId: rawImportValue(exportNameOf(network, exportNames.platformGroup)),
      endpointGroupId,
      groupId: (zone, role) => rawImportValue(exportNameOf(stackOf(zone), exportNames.group(zone, role))),
    }),
  };
}

/** The same, as one stack of tiers sees it. */
export function importedTierSite(plan: CloudSitePlan, owner: Stack): TierSiteScope {
  return {
    ...importedSite(plan),
    machineImageParameter: plan.machineImageParameter,
    rootDeviceName: plan.rootDeviceName,
    imageRepository: plan.imageRepository,
    stack: owner.stackName,
    addFile: (name, text) => contentNamedAsset(owner, name, text),
  };
}
