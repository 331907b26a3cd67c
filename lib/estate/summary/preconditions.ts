import { domains } from '../domains';
import type { CloudSitePlan, EstatePlan, OnPremSitePlan, SitePlan } from '../plan-schema';

/** Preconditions of a deployment: what must exist at a site that Diptych does not create, one sentence each. */

function terraformState({ terraformBackend: backend }: OnPremSitePlan): string {
  switch (backend.kind) {
    case 'kubernetes':
      return `Namespace ${backend.namespace} exists: Terraform keeps its state there, where it deploys this site.`;
    case 's3':
      return `Bucket ${backend.bucket} in ${backend.region} is there: Terraform keeps its state in it, where it deploys this site.`;
    case 'local':
      return 'Nobody deletes cdktf.out, where Terraform deploys this site: its state is a file there, on one machine. Name a terraformBackend.';
  }
}

function onPrem(site: OnPremSitePlan, imageDigest: string): string[] {
  const { failureDomains } = site;
  return [
    `Context ${site.context} leads to the cluster whose namespace kube-system has the label diptych/site=${site.clusterIdentity}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Nodes carry the label ${failureDomains.label} with the values ${failureDomains.names.join(', ')}.`,
    `Load balancer addresses in ${site.loadBalancerCidr} are announced, and a Service keeps the one it asks for.`,
    ...(site.egressCidr ? [`Pods of each zone leave the cluster with the egress block of the zone, in ${site.egressCidr}.`] : []),
    terraformState(site),
  ];
}

function cloud(site: CloudSitePlan, imageDigest: string): string[] {
  const { account, region } = site;
  return [
    `Account ${account} is bootstrapped for the CDK in ${region}${site.bootstrapQualifier ? ` with qualifier ${site.bootstrapQualifier}` : ''}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Parameter ${site.machineImageParameter} names a machine image with podman, curl, fallocate, the AWS command line and the CloudWatch agent.`,
    ...(site.permissionsBoundary ? [`Policy ${site.permissionsBoundary} exists.`] : []),
    ...(site.transitGateway ? [`Transit gateway ${site.transitGateway} accepts the attachment and routes externals to it and back.`] : []),
  ];
}

/** Returns the preconditions for deploying a site. */
export function preconditions(plan: EstatePlan, site: SitePlan): string[] {
  const { imageDigest } = plan.haproxy;
  return [
    ...(site.kind === 'cloud' ? cloud(site, imageDigest) : onPrem(site, imageDigest)),
    ...domains.flatMap((domain) => domain.preconditions(plan, site)),
  ];
}
