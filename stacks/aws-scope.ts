import type { Stack } from 'aws-cdk-lib/core';
import type { GroupRole } from '../lib/core/group-role';
import type { CloudSiteScope } from '../lib/core/scope/cloud';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import type { TierSiteScope } from '../lib/tls/aws/site';
import type { ContentNamedFile } from '../lib/tls/boot-request';
import type { Groups } from '../lib/zones/aws/group-rule';
import { plainImport } from '../lib/zones/aws/plain-resource';
import { bucketOf } from '../lib/zones/bucket';
import type { CloudZonePlan } from '../lib/zones/plan-schema';
import { contentNamedAsset } from './aws-assets';
import { shown, shownAs, stackName } from './aws-stack';

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
export class ShownSite implements CloudSiteScope {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  readonly vpcId: string;
  readonly endpointGroupId: string;
  readonly platformGroupId: string;
  readonly routeTableId?: string;
  readonly logKeyArn: string;
  readonly permissionsBoundary?: string;
  readonly mandatoryTags: Readonly<Record<string, string>>;
  private readonly zones: ReadonlyMap<string, CloudZonePlan>;

  constructor(plan: CloudSitePlan) {
    const network = stackName(plan.id, 'network');
    this.site = plan.id;
    this.account = plan.account;
    this.region = plan.region;
    this.vpcId = plan.vpc?.id ?? shown(network, shownNames.vpc);
    this.endpointGroupId = plan.vpc?.endpointSecurityGroup ?? shown(network, shownNames.endpointGroup);
    this.platformGroupId = shown(network, shownNames.platformGroup);
    this.routeTableId = plan.vpc ? undefined : plainImport(shownAs(network, shownNames.routeTable));
    this.logKeyArn = shown(network, shownNames.logKey);
    this.permissionsBoundary = plan.permissionsBoundary;
    this.mandatoryTags = plan.tags;
    this.zones = new Map(plan.zones.map((zone) => [zone.id, zone]));
  }

  subnetIds(zone: string, role: 'balancer' | 'tier'): string[] {
    return this.zone(zone).addresses.subnets.map(
      ({ availabilityZone, ...place }) => place[role].id ?? shown(this.stackOf(zone), shownNames.subnet(zone, role, availabilityZone)),
    );
  }

  groupId(zone: string, role: GroupRole): string {
    return shown(this.stackOf(zone), shownNames.group(zone, role));
  }

  /** The same groups for plain resources, which need no tokens. */
  plainGroups(): Groups {
    const network = stackName(this.site, 'network');
    return {
      platformGroupId: plainImport(shownAs(network, shownNames.platformGroup)),
      endpointGroupId: this.endpointGroupId,
      groupId: (zone, role) => plainImport(shownAs(this.stackOf(zone), shownNames.group(zone, role))),
    };
  }

  private zone(id: string): CloudZonePlan {
    const zone = this.zones.get(id);
    if (!zone) throw new RangeError(`site ${this.site} has no zone ${id}`);
    return zone;
  }

  private stackOf(zone: string): string {
    return stackName(this.site, `zones-${bucketOf(this.zone(zone).slot)}`);
  }
}

/** The same, as one stack of tiers sees it. */
export class ShownTierSite extends ShownSite implements TierSiteScope {
  readonly machineImageParameter: string;
  readonly rootDeviceName: string;
  readonly imageRepository: string;

  readonly stack: string;

  constructor(
    plan: CloudSitePlan,
    private readonly owner: Stack,
  ) {
    super(plan);
    this.machineImageParameter = plan.machineImageParameter;
    this.rootDeviceName = plan.rootDeviceName;
    this.imageRepository = plan.imageRepository;
    this.stack = owner.stackName;
  }

  addFile(name: string, text: string): ContentNamedFile {
    return contentNamedAsset(this.owner, name, text);
  }
}
