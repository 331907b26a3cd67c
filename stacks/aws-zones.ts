import { Construct } from 'constructs';
import { groupRoles } from '../lib/core/labels';
import type { CloudSiteScope } from '../lib/core/scope/cloud';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import { ZoneNetworkAcl } from '../lib/zones/aws/network-acl';
import { CloudZone } from '../lib/zones/aws/zone';
import { isProtected } from '../lib/zones/classification';
import type { CloudZonePlan, NetworkAclPlan } from '../lib/zones/plan-schema';
import { exportNames } from './aws-scope';
import { SiteStack } from './aws-stack';

/** Stack of one bucket of zones: subnets, network ACLs, and security groups without rules. */
export class ZonesStack extends SiteStack {
  constructor(
    scope: Construct,
    estate: string,
    site: CloudSitePlan,
    bucket: number,
    zones: readonly CloudZonePlan[],
    acls: readonly NetworkAclPlan[],
    importedSite: CloudSiteScope,
  ) {
    super(scope, site, {
      part: `zones-${bucket}`,
      estate,
      terminationProtection: zones.some(({ criticality }) => isProtected(criticality)),
    });
    const made = new Map(zones.map((zone) => [zone.id, new CloudZone(this, zone, importedSite)]));
    const walls = new Construct(this, 'Acl');
    for (const acl of acls) new ZoneNetworkAcl(walls, acl, made, importedSite);
    for (const [id, zone] of made) this.exportZone(id, zone, site.vpc !== undefined);
  }

  private exportZone(id: string, { subnets, groupIds }: CloudZone, existing: boolean): void {
    for (const role of groupRoles) this.addExport(exportNames.group(id, role), groupIds[role]);
    if (existing) return;
    for (const { role, availabilityZone, subnetId } of subnets) this.addExport(exportNames.subnet(id, role, availabilityZone), subnetId);
  }
}
