import { sortedEntries } from '../../core/order';
import { healthPort, metricsPort } from '../../core/ports';
import { type Problem, problem } from '../../core/problem';
import type { PartialEstateSpec } from '../parse/parsed';
import type { CloudPlatformFlowSpec, CloudSiteSpec, OnPremSiteSpec, PlatformFlowSpec, SiteSpec } from '../spec';

/** Whether sites are what they say: their places, their image and what the platform needs of tiers there. */

type Flow = PlatformFlowSpec | CloudPlatformFlowSpec;

function repeated(code: string, path: string, names: readonly string[], what: string): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          problem(code, `${path}/${index}`, {
            cannot: `count the ${what}`,
            as: 'the list names it before',
            value: name,
            fix: 'Remove it here.',
          }),
        ],
  );
}

function peersOf(flow: Flow): string[] {
  const named = flow as { namespace?: string; service?: string; cidrs?: readonly string[]; podLabels?: object };
  return [named.namespace && 'namespace', named.service && 'service', named.cidrs && 'cidrs'].filter((peer) => peer !== undefined);
}

function onePeer(path: string, flow: Flow, choice: string): Problem[] {
  const peers = peersOf(flow);
  const labelsOnly = 'podLabels' in flow && flow.podLabels !== undefined && !peers.includes('namespace');
  const fromService = flow.direction === 'ingress' && peers.includes('service');
  if (peers.length === 1 && !labelsOnly && !fromService) return [];
  return [
    problem('EST103', path, {
      cannot: 'tell who is at the other end of the flow',
      as: fromService ? 'no service of AWS connects to tiers' : `it has exactly one peer: ${choice}`,
      value: peers,
      fix: fromService ? 'Write cidrs in place of service.' : `Keep either ${choice}.`,
    }),
  ];
}

function servedPorts(path: string, { direction, ports }: Flow, hasExporter: boolean): Problem[] {
  if (direction === 'egress') return [];
  return ports.flatMap(({ port, protocol }, index): Problem[] => {
    const at = `${path}/ports/${index}`;
    if (protocol !== 'TCP' || (port !== healthPort && port !== metricsPort)) {
      const as = `tiers accept the platform on TCP ${healthPort} for health checks and ${metricsPort} for metrics`;
      return [
        problem('EST105', at, { cannot: 'let the platform connect', as, value: `${protocol} ${port}`, fix: `Write port: ${metricsPort}.` }),
      ];
    }
    if (port !== metricsPort || hasExporter) return [];
    const as = 'the declared build of HAProxy has no Prometheus exporter';
    return [problem('EST106', at, { cannot: 'serve metrics', as, value: port, fix: 'Add prometheus-exporter to haproxy/features.' })];
  });
}

function platformFlows(siteId: string, site: SiteSpec, hasExporter: boolean): Problem[] {
  const choice = site.kind === 'cloud' ? 'service or cidrs' : 'namespace or cidrs';
  return sortedEntries<Flow>(site.platformFlows).flatMap(([id, flow]) => {
    const path = `sites/${siteId}/platformFlows/${id}`;
    return [...onePeer(path, flow, choice), ...servedPorts(path, flow, hasExporter)];
  });
}

/** Keys of tags that every resource in the cloud carries anyway. */
const isOwnTag = (key: string): boolean => key === 'Name' || key.startsWith('diptych:');

function ownTags(path: string, { tags }: CloudSiteSpec): Problem[] {
  return sortedEntries(tags).flatMap(([key, value]) => {
    if (!isOwnTag(key)) return [];
    const fix = `Write the tag under another key, such as firm:${key.slice(key.indexOf(':') + 1).toLowerCase()}.`;
    return problem('EST111', `${path}/tags/${key}`, {
      cannot: 'put the tag on every resource',
      as: 'Diptych gives the key a value itself',
      value,
      fix,
    });
  });
}

function cloudSite(siteId: string, site: CloudSiteSpec): Problem[] {
  const { region, account, availabilityZones, imageRepository } = site;
  const path = `sites/${siteId}`;
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  const host = imageRepository.slice(0, imageRepository.indexOf('/'));
  const foreign = availabilityZones.map((name, index) => ({ name, index })).filter(({ name }) => name.slice(0, -1) !== region);
  return [
    ...ownTags(path, site),
    ...repeated('EST107', `${path}/availabilityZones`, availabilityZones, 'availability zone'),
    ...foreign.map(({ name, index }) =>
      problem('EST107', `${path}/availabilityZones/${index}`, {
        cannot: 'place subnets',
        as: `the availability zone is not one of region ${region}`,
        value: name,
        fix: `Write ${region}${name.slice(-1)}.`,
      }),
    ),
    ...(host === registry || host === `${registry}.cn`
      ? []
      : [
          problem('EST109', `${path}/imageRepository`, {
            cannot: 'pull the image from an isolated VPC',
            as: 'it reaches the registry of its own account and region only',
            value: imageRepository,
            fix: `Write a repository of ${registry}.`,
          }),
        ]),
  ];
}

function clustersShared(sites: readonly [string, SiteSpec][]): Problem[] {
  const onPrem = sites.filter((entry): entry is [string, OnPremSiteSpec] => entry[1].kind === 'on-prem');
  return (['context', 'clusterIdentity'] as const).flatMap((attribute) => {
    const owners = new Map<string, string>();
    return onPrem.flatMap(([siteId, site]) => {
      const owner = owners.get(site[attribute]);
      owners.set(site[attribute], owner ?? siteId);
      if (owner === undefined) return [];
      const fix = `Write the ${attribute} of another cluster.`;
      const as = `site ${owner} names the same cluster`;
      return [problem('EST110', `sites/${siteId}/${attribute}`, { cannot: 'tell two sites apart', as, value: site[attribute], fix })];
    });
  });
}

/** Everything that is wrong with sites, beyond their shape and addresses. */
export function checkSites({ sites, haproxy }: PartialEstateSpec): Problem[] {
  const entries = sortedEntries(sites);
  const hasExporter = haproxy === undefined || haproxy.features.includes('prometheus-exporter');
  return [
    ...clustersShared(entries),
    ...entries.flatMap(([siteId, site]) => [
      ...(site.kind === 'cloud'
        ? cloudSite(siteId, site)
        : repeated('EST108', `sites/${siteId}/failureDomains/names`, site.failureDomains.names, 'failure domain')),
      ...platformFlows(siteId, site, hasExporter),
    ]),
  ];
}
