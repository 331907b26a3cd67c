import { sortedEntries } from '../../core/order';
import { healthPort, metricsPort } from '../../core/ports';
import type { Problem } from '../../core/problem';
import type { PartialEstateSpec } from '../parse/partial-estate';
import type { CloudPlatformFlowSpec, CloudSiteSpec, OnPremSiteSpec, PlatformFlowSpec, SiteSpec } from '../spec';
import { siteProblem } from './codes';

/** Checks of sites: availability zones, failure domains, image repository, tags and platform flows. */

type Flow = PlatformFlowSpec | CloudPlatformFlowSpec;

function repeated(code: 'EST107' | 'EST108', path: string, names: readonly string[], what: string): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          siteProblem(code, `${path}/${index}`, {
            wrong: `the list contains this ${what} twice`,
            rule: `each ${what} must be listed once`,
            got: name,
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
  if (fromService && peers.length === 1) {
    return [
      siteProblem('EST103', path, {
        wrong: 'the source of an ingress flow is an AWS service, and AWS services do not connect to tiers',
        rule: 'an ingress flow must have cidrs as its peer',
        fix: 'Write cidrs instead of service.',
      }),
    ];
  }
  const wrong =
    peers.length === 0
      ? 'the flow has no peer'
      : peers.length > 1
        ? `the flow has ${peers.join(' and ')}`
        : 'the flow has podLabels without a namespace';
  return [
    siteProblem('EST103', path, { wrong, rule: `a platform flow must have exactly one peer: ${choice}`, fix: `Write either ${choice}.` }),
  ];
}

function servedPorts(path: string, { direction, ports }: Flow, hasExporter: boolean): Problem[] {
  if (direction === 'egress') return [];
  return ports.flatMap(({ port, protocol }, index): Problem[] => {
    const at = `${path}/ports/${index}`;
    if (protocol !== 'TCP' || (port !== healthPort && port !== metricsPort)) {
      return [
        siteProblem('EST105', at, {
          wrong: `tiers do not accept connections of the platform on ${protocol} ${port}`,
          rule: `the port must be TCP ${healthPort} for health checks or TCP ${metricsPort} for metrics`,
          fix: `Write port: ${metricsPort}, or declare an endpoint for other traffic.`,
        }),
      ];
    }
    if (port !== metricsPort || hasExporter) return [];
    return [
      siteProblem('EST106', at, {
        wrong: `the declared build of HAProxy serves no metrics on port ${port}`,
        rule: 'a build with a flow for metrics must have the feature prometheus-exporter',
        fix: 'Add prometheus-exporter to haproxy/features.',
      }),
    ];
  });
}

function platformFlows(siteId: string, site: SiteSpec, hasExporter: boolean): Problem[] {
  const choice = site.kind === 'cloud' ? 'service or cidrs' : 'namespace or cidrs';
  return sortedEntries<Flow>(site.platformFlows).flatMap(([id, flow]) => {
    const path = `sites/${siteId}/platformFlows/${id}`;
    return [...onePeer(path, flow, choice), ...servedPorts(path, flow, hasExporter)];
  });
}

/** True for keys of tags that Diptych sets on every resource. */
const isOwnTag = (key: string): boolean => key === 'Name' || key.startsWith('diptych:');

function ownTags(path: string, { tags }: CloudSiteSpec): Problem[] {
  return sortedEntries(tags).flatMap(([key]) => {
    if (!isOwnTag(key)) return [];
    const fix = `Write the tag under another key, such as firm:${key.slice(key.indexOf(':') + 1).toLowerCase()}.`;
    return siteProblem('EST111', `${path}/tags/${key}`, {
      wrong: 'Diptych sets the value of this tag itself',
      rule: 'the key of a mandatory tag must not be Name or start with diptych:',
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
      siteProblem('EST107', `${path}/availabilityZones/${index}`, {
        wrong: `the availability zone is not in region ${region}`,
        rule: 'availability zones must be in the region of their site',
        got: name,
        fix: `Write ${region}${name.slice(-1)}.`,
      }),
    ),
    ...(host === registry || host === `${registry}.cn`
      ? []
      : [
          siteProblem('EST109', `${path}/imageRepository`, {
            wrong: 'the VPC of the site cannot reach this registry',
            rule: 'the repository must be in the account and region of the site',
            got: imageRepository,
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
      return [
        siteProblem('EST110', `sites/${siteId}/${attribute}`, {
          wrong: `site ${owner} already has this ${attribute}`,
          rule: 'each on-prem site must have a cluster of its own',
          got: site[attribute],
          fix: `Write the ${attribute} of another cluster.`,
        }),
      ];
    });
  });
}

/** Checks every site, apart from the shape of its attributes and its addresses. */
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
