import { Construct } from 'constructs';
import type { CloudSitePlan } from '../lib/estate/plan-schema';
import { FlowLog } from '../lib/zones/aws/flow-log';
import { Attachments } from '../lib/zones/aws/gateway-attachments';
import { logKey } from '../lib/zones/aws/log-key';
import { closedSecurityGroup } from '../lib/zones/aws/security-group';
import { emitSecurityGroupRule } from '../lib/zones/aws/security-group-rule';
import { Vpc } from '../lib/zones/aws/vpc';
import { VpcEndpoints } from '../lib/zones/aws/vpc-endpoints';
import { isProtected } from '../lib/zones/classification';
import type { ExternalPlan, LinkPlan } from '../lib/zones/plan-schema';
import type { GroupRule } from '../lib/zones/walls/group-rules';
import { assetBucket } from './aws-assets';
import { exportNames } from './aws-scope';
import { SiteStack } from './aws-stack';

/** Input of the network of a cloud site. */
export interface NetworkInput {
  readonly estate: string;
  readonly site: CloudSitePlan;
  readonly links: readonly LinkPlan[];
  readonly externals: readonly ExternalPlan[];
  /** Rules between the security groups of the network. */
  readonly rules: readonly GroupRule[];
}

/** Stack of the VPC of a site with its VPC endpoints and links; in an existing VPC, only of the resources that tiers need. */
export class NetworkStack extends SiteStack {
  constructor(scope: Construct, input: NetworkInput) {
    const { estate, site, rules } = input;
    super(scope, site, {
      part: 'network',
      estate,
      terminationProtection: site.zones.some(({ criticality }) => isProtected(criticality)),
    });
    const tagged = { site: site.id, mandatoryTags: site.tags };
    const key = logKey(this, 'LogKey', tagged).attrArn;
    const vpc = site.vpc ? undefined : new Vpc(this, 'Vpc', site, tagged);
    const vpcId = site.vpc?.id ?? (vpc as Vpc).vpcId;
    const group = (id: string, role: string, purpose: string) =>
      closedSecurityGroup(this, id, vpcId, tagged, { name: role, role }, purpose).attrGroupId;
    const platformGroupId = group('PlatformGroup', 'platform', 'What every instance of a tier may reach of the platform');
    const endpointGroupId = site.vpc?.endpointSecurityGroup ?? group('EndpointGroup', 'endpoints', 'Who may reach the interface endpoints');
    const groups = {
      platformGroupId,
      endpointGroupId,
      groupId(zone: string): string {
        throw new RangeError(`the network knows no group of zone ${zone}`);
      },
    };
    const scopeOfRules = new Construct(this, 'Rule');
    for (const rule of rules) emitSecurityGroupRule(scopeOfRules, rule, groups);
    this.addExport(exportNames.logKey, key);
    this.addExport(exportNames.platformGroup, platformGroupId);
    if (vpc) {
      this.surround(vpc, key, endpointGroupId, input);
      this.addExport(exportNames.endpointGroup, endpointGroupId);
    }
  }

  private surround(vpc: Vpc, key: string, endpointGroupId: string, { site, links, externals }: NetworkInput): void {
    const tagged = { site: site.id, mandatoryTags: site.tags };
    new VpcEndpoints(this, 'Endpoints', vpc, site, endpointGroupId, assetBucket(this), tagged);
    new Attachments(this, 'Links', vpc, tagged).connect(site, links, externals);
    new FlowLog(this, 'FlowLog', vpc.vpcId, key, tagged, site.permissionsBoundary);
    this.addExport(exportNames.vpc, vpc.vpcId);
    this.addExport(exportNames.routeTable, vpc.routeTableId);
  }
}
