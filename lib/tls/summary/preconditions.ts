import { isAddress } from '../../core/addresses';
import { roleLabel } from '../../core/labels';
import { metricsPort } from '../../core/ports';
import { endpointFileNames } from '../haproxy/container';
import { keyMaterialPreconditions } from '../haproxy/key-material';
import { tierPreconditions } from '../plan/preconditions';
import type { TierPlan } from '../plan-schema';
import type { PlannedCloudSite, PlannedOnPremSite, PlannedSite } from '../planned-site';
import { tierEndpoints } from '../tier-site';
import { clusterPreconditions } from './cluster';

/** Typical size of a line of the event log, in bytes. */
const eventBytes = 700;

/** What an instance writes to its event log in a minute at the peak, in MiB. */
function eventMebibytes({ sizing }: TierPlan): number {
  if (!sizing) return 0;
  return Math.ceil((sizing.newSessionsPerSecond / sizing.neededInstances) * eventBytes * 60) / 1_048_576;
}

/** The kubelet keeps less of a container's log than a busy instance writes in minutes. */
function eventLogs(tiers: readonly TierPlan[]): string[] {
  const rates = tiers.map((tier) => `${Math.max(1, Math.round(eventMebibytes(tier)))} MiB in zone ${tier.zone}`);
  return [
    `The log shipper of the nodes follows rotated files and keeps up with the event logs: in a minute at the peak, an instance writes up to ${rates.join(', ')}. The kubelet keeps containerLogMaxSize times containerLogMaxFiles of each container, 50 MiB by default, as kubectl get --raw /api/v1/nodes/NODE/proxy/configz shows.`,
  ];
}

function platform({ imageRepository, tiers }: PlannedOnPremSite): string[] {
  if (tiers.length === 0) return [];
  return [
    `The image in ${imageRepository} has /bin/sh and sleep, by which a pod waits for its sessions before it ends.`,
    `Prometheus scrapes port ${metricsPort} of the pods with the label ${roleLabel}=tier, and the metrics of containers of the kubelet.`,
    ...eventLogs(tiers),
    'The metrics server answers: tiers are scaled by the processor time that it reports.',
  ];
}

/** All capabilities are dropped, and the kernel refuses to run a program that demands one. */
function programCapabilities({ imageRepository, tiers }: PlannedSite): string[] {
  if (tiers.length === 0) return [];
  return [
    `The program haproxy of the image in ${imageRepository} has no file capabilities, or it does not start: \`getcap "$(command -v haproxy)"\` in the image prints nothing.`,
  ];
}

function hardwareOnPrem({ hardware, tiers, imageRepository }: PlannedOnPremSite): string[] {
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

function secrets({ zones, tiers }: PlannedOnPremSite): string[] {
  const endpoints = new Map(zones.map((zone) => [zone.id, tierEndpoints(zone)]));
  return tiers.flatMap(({ zone, profile }) =>
    (endpoints.get(zone) ?? []).map((endpoint) => {
      const keys = endpointFileNames(endpoint, profile.resumption.tickets).join(', ');
      return `Secret ${endpoint.id}-tls in namespace ${zone} has the keys ${keys}: without one of them the pods of the tier do not start and the deployment fails.`;
    }),
  );
}

/** A tier uses one address of a name and adds no search domain, which cannot be seen in the description. */
function serverNames({ zones }: PlannedSite): string[] {
  return zones.flatMap((zone) =>
    tierEndpoints(zone).flatMap(({ id, backend }) =>
      backend.servers
        .filter(({ address }) => !isAddress(address))
        .map(({ address }) => {
          const isService = address.split('.').includes('svc');
          const check = isService ? `\`kubectl get services --namespace ${zone.id}\` shows None as the address of a headless Service` : '';
          return `${address}, a server of endpoint ${zone.id}/${id}, is a complete name that resolves to one address: of several addresses, such as those of a headless Service, one would receive all sessions${check && `; ${check}`}.`;
        }),
    ),
  );
}

function hardwareInCloud({ tiers, machineImageParameter, imageRepository }: PlannedCloudSite): string[] {
  if (tiers.every(({ acceleration }) => acceleration === 'software')) return [];
  return [
    `The machine image of ${machineImageParameter} has Linux 6.6 or later with the driver and the firmware of Intel QuickAssist (qat_4xxx), and grubby or update-grub.`,
    `The image in ${imageRepository} has /bin/sh and timeout, by which an instance proves its devices before it serves.`,
  ];
}

function files({ zones, tiers }: PlannedCloudSite): string[] {
  const endpoints = new Map(zones.map((zone) => [zone.id, zone.endpoints]));
  return tiers.flatMap((tier) => keyMaterialPreconditions(endpoints.get(tier.zone) ?? [], tier));
}

function certificates({ zones }: PlannedCloudSite): string[] {
  return zones.flatMap(({ id, endpoints }) =>
    endpoints.flatMap(({ id: endpoint, managedCertificate }) =>
      managedCertificate ? [`Certificate ${managedCertificate} is issued, for endpoint ${id}/${endpoint}.`] : [],
    ),
  );
}

/** What must be true for the tiers of a site before it is deployed. */
export function siteTierPreconditions(site: PlannedSite): string[] {
  return site.kind === 'cloud'
    ? [...programCapabilities(site), ...hardwareInCloud(site), ...files(site), ...certificates(site), ...serverNames(site)]
    : [
        ...platform(site),
        ...programCapabilities(site),
        ...clusterPreconditions(site),
        ...hardwareOnPrem(site),
        ...secrets(site),
        ...serverNames(site),
      ];
}
