import { stackName } from '../../artifacts/stack-kinds';
import { keyMaterialPreconditions } from '../../tls/haproxy/key-material';
import { bucketOf } from '../../zones/classification';
import type { CloudSitePlan } from '../plan-schema';

function existingVpc({ zones }: CloudSitePlan, vpc: NonNullable<CloudSitePlan['vpc']>): string[] {
  return [
    `Group ${vpc.endpointSecurityGroup} of VPC ${vpc.id} lets the group of the platform in on 443.`,
    `VPC ${vpc.id} has routes to every block that links and externals announce, and none to the internet.`,
    ...zones.map(({ id, addresses }) => `The subnets named for zone ${id} lie in ${addresses.cidr}.`),
  ];
}

function keyMaterial({ zones, tiers }: CloudSitePlan): string[] {
  const endpoints = new Map(zones.map((zone) => [zone.id, zone.endpoints]));
  return tiers.flatMap((tier) => keyMaterialPreconditions(endpoints.get(tier.zone) ?? [], tier));
}

function hardware({ tiers, machineImageParameter, imageRepository }: CloudSitePlan): string[] {
  if (tiers.every(({ acceleration }) => acceleration === 'software')) return [];
  return [
    `The machine image of ${machineImageParameter} has Linux 6.6 or later with the driver and the firmware of Intel QuickAssist (qat_4xxx), and grubby or update-grub.`,
    `The image in ${imageRepository} has /bin/sh and timeout, by which an instance proves its devices before it serves.`,
  ];
}

/** Where a zone's own workloads belong: flows and backends count on it. */
function workloads({ id: site, vpc, zones }: CloudSitePlan): string[] {
  return zones.map(({ id, slot, addresses }) => {
    const subnets = vpc
      ? 'there'
      : `in subnets of the firm's own there, with the route table exported as ${stackName(site, 'network')}:route-table,`;
    return `Workloads of zone ${id} stand in ${addresses.cidr}, ${subnets} and carry the group exported as ${stackName(site, `zones-${bucketOf(slot)}`)}:${id}:workload-group.`;
  });
}

/** What has to be true at a site in the cloud. */
export function cloudPreconditions(site: CloudSitePlan, imageDigest: string): string[] {
  const { account, region, vpc } = site;
  return [
    `Account ${account} is bootstrapped for the CDK in ${region}${site.bootstrapQualifier ? ` with qualifier ${site.bootstrapQualifier}` : ''}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Parameter ${site.machineImageParameter} names a machine image with podman, curl, logrotate, the AWS command line and the CloudWatch agent.`,
    ...(site.permissionsBoundary ? [`Policy ${site.permissionsBoundary} exists.`] : []),
    ...(site.transitGateway ? [`Transit gateway ${site.transitGateway} accepts the attachment and routes externals to it and back.`] : []),
    ...hardware(site),
    ...(vpc ? existingVpc(site, vpc) : []),
    ...workloads(site),
    ...keyMaterial(site),
    ...site.zones.flatMap(({ id, endpoints }) =>
      endpoints.flatMap(({ id: endpoint, managedCertificate }) =>
        managedCertificate ? [`Certificate ${managedCertificate} is issued, for endpoint ${id}/${endpoint}.`] : [],
      ),
    ),
  ];
}
