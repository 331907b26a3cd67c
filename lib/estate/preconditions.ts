import { tierPreconditions } from '../tls/preconditions';
import type { ZonePlan } from '../zones/plan-schema';
import type { CloudSitePlan, EstatePlan, OnPremSitePlan, SitePlan } from './plan-schema';

/** What has to be true before a site is deployed, and is not made by Diptych: one sentence each. */

function keyMaterial(zones: readonly ZonePlan[]): string[] {
  return zones.flatMap(({ id, endpoints }) =>
    endpoints
      .filter(({ managedCertificate }) => managedCertificate === undefined)
      .map((endpoint) => `Secret ${endpoint.id}-tls in namespace ${id} holds the key material of endpoint ${id}/${endpoint.id}.`),
  );
}

function hardwareOnPrem({ hardware, tiers }: OnPremSitePlan): string[] {
  const devices = tiers.flatMap(({ device }) => device ?? []);
  if (!hardware || devices.length === 0) return [];
  const resources = [...new Set(devices.map(({ resource }) => resource))].sort();
  return [
    `Nodes with devices carry the label ${hardware.nodeLabel}=true and offer ${resources.join(', ')}.`,
    ...tiers.flatMap((tier) => tierPreconditions(tier)).map((sentence) => `${sentence}.`),
  ];
}

function onPrem(site: OnPremSitePlan, imageDigest: string): string[] {
  const { failureDomains, namespaces, zones } = site;
  return [
    `Context ${site.context} leads to the cluster whose namespace kube-system has the label diptych/site=${site.clusterIdentity}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Nodes carry the label ${failureDomains.label} with the values ${failureDomains.names.join(', ')}.`,
    `Load balancer addresses in ${site.loadBalancerCidr} are announced, and a Service keeps the one it asks for.`,
    ...(site.egressCidr ? [`Pods of each zone leave the cluster with the egress block of the zone, in ${site.egressCidr}.`] : []),
    ...(namespaces === 'existing' ? [`Namespaces ${zones.map(({ id }) => id).join(', ')} exist.`] : []),
    ...hardwareOnPrem(site),
    ...keyMaterial(zones),
  ];
}

function existingVpc({ zones }: CloudSitePlan, vpc: NonNullable<CloudSitePlan['vpc']>): string[] {
  return [
    `Group ${vpc.endpointSecurityGroup} of VPC ${vpc.id} lets the group of the platform in on 443.`,
    `VPC ${vpc.id} has routes to every block that links and externals announce, and none to the internet.`,
    ...zones.map(({ id, addresses }) => `The subnets named for zone ${id} lie in ${addresses.cidr}.`),
  ];
}

function cloud(site: CloudSitePlan, imageDigest: string): string[] {
  const { account, region, vpc } = site;
  return [
    `Account ${account} is bootstrapped for the CDK in ${region}${site.bootstrapQualifier ? ` with qualifier ${site.bootstrapQualifier}` : ''}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Parameter ${site.machineImageParameter} names a machine image with podman, the AWS command line and the CloudWatch agent.`,
    ...(site.permissionsBoundary ? [`Policy ${site.permissionsBoundary} exists.`] : []),
    ...(site.transitGateway ? [`Transit gateway ${site.transitGateway} accepts the attachment and routes externals to it and back.`] : []),
    ...(vpc ? existingVpc(site, vpc) : []),
    ...site.zones.flatMap(({ id, endpoints }) =>
      endpoints.flatMap(({ id: endpoint, managedCertificate }) =>
        managedCertificate ? [`Certificate ${managedCertificate} is issued, for endpoint ${id}/${endpoint}.`] : [],
      ),
    ),
  ];
}

/** What has to be true at a site before it is deployed. */
export function preconditions({ haproxy }: Pick<EstatePlan, 'haproxy'>, site: SitePlan): string[] {
  return site.kind === 'cloud' ? cloud(site, haproxy.imageDigest) : onPrem(site, haproxy.imageDigest);
}
