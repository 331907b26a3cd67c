import type { GroupRole } from '../labels';

/**
 * What backends of different domains know of one cloud site; filled in `stacks/`, so that no domain's backend imports another's.
 *
 * Values may be tokens of the CDK.
 */
export interface CloudSiteScope {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  readonly vpcId: string;
  /** Group in front of the VPC's interface endpoints. */
  readonly endpointGroupId: string;
  /** Group that every instance of a tier carries besides its own, so that one rule opens the interface endpoints to all. */
  readonly platformGroupId: string;
  /** Route table of every subnet; absent in an existing VPC, whose subnets have theirs. */
  readonly routeTableId?: string;
  /** Key that encrypts the site's log groups. */
  readonly logKeyArn: string;
  /** Name of the managed policy that bounds every role. */
  readonly permissionsBoundary?: string;
  /** Tags that every resource must carry, besides Diptych's own. */
  readonly mandatoryTags: Readonly<Record<string, string>>;
  /** Ids of a zone's subnets, sorted by availability zone. */
  subnetIds(zone: string, role: 'balancer' | 'tier'): string[];
  groupId(zone: string, role: GroupRole): string;
}
