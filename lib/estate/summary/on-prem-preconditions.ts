import { roleLabel } from '../../core/labels';
import { metricsPort } from '../../core/ports';
import { tierPreconditions } from '../../tls/plan/preconditions';
import type { ZonePlan } from '../../zones/plan-schema';
import type { OnPremSitePlan } from '../plan-schema';

function keyMaterial(zones: readonly ZonePlan[]): string[] {
  return zones.flatMap(({ id, endpoints }) =>
    endpoints
      .filter(({ managedCertificate }) => managedCertificate === undefined)
      .map((endpoint) => `Secret ${endpoint.id}-tls in namespace ${id} holds the key material of endpoint ${id}/${endpoint.id}.`),
  );
}

function hardwareOnPrem({ hardware, tiers, imageRepository }: OnPremSitePlan): string[] {
  const devices = tiers.flatMap(({ device }) => device ?? []);
  if (!hardware || devices.length === 0) return [];
  const resources = [...new Set(devices.map(({ resource }) => resource))].sort();
  return [
    `Nodes with devices carry the label ${hardware.nodeLabel}=true and offer ${resources.join(', ')}.`,
    `The image in ${imageRepository} has timeout and cp as well, by which an instance proves its devices and takes up its means.`,
    'The definitions of the Prometheus Operator are installed: an alert tells of a hardware tier that ends TLS in software.',
    ...tiers.flatMap((tier) => tierPreconditions(tier)).map((sentence) => `${sentence}.`),
  ];
}

function platform({ imageRepository }: OnPremSitePlan): string[] {
  return [
    `The image in ${imageRepository} has /bin/sh and sleep, by which a pod waits for its sessions before it ends.`,
    `Prometheus scrapes port ${metricsPort} of the pods with the label ${roleLabel}=tier, and the metrics of containers of the kubelet.`,
    'The metrics server answers: tiers are scaled by the processor time that it reports.',
  ];
}

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

/** What has to be true at a site on-prem. */
export function onPremPreconditions(site: OnPremSitePlan, imageDigest: string): string[] {
  const { failureDomains, namespaces, zones, tiers } = site;
  return [
    `Context ${site.context} leads to the cluster whose namespace kube-system has the label diptych/site=${site.clusterIdentity}.`,
    `${site.imageRepository} holds ${imageDigest}.`,
    `Nodes carry the label ${failureDomains.label} with the values ${failureDomains.names.join(', ')}.`,
    `Load balancer addresses in ${site.loadBalancerCidr} are announced, and a Service keeps the one it asks for.`,
    ...(site.egressCidr ? [`Pods of each zone leave the cluster with the egress block of the zone, in ${site.egressCidr}.`] : []),
    terraformState(site),
    ...(namespaces === 'existing' ? [`Namespaces ${zones.map(({ id }) => id).join(', ')} exist.`] : []),
    ...(tiers.length > 0 ? platform(site) : []),
    ...hardwareOnPrem(site),
    ...keyMaterial(zones),
  ];
}
