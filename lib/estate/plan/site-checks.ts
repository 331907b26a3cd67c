import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import type { PartialEstateSpec } from '../parse/partial-estate';
import type { CloudSiteSpec, OnPremSiteSpec, SiteSpec } from '../spec';
import { siteProblem } from './codes';
import { checkPlatformFlows } from './platform-flow-checks';

/** Checks of sites: availability zones, failure domains, image repository and tags. */

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
          conflictsWith: `sites/${owner}/${attribute}`,
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
    ...clustersShared(Object.entries(sites)),
    ...entries.flatMap(([siteId, site]) => [
      ...(site.kind === 'cloud'
        ? cloudSite(siteId, site)
        : repeated('EST108', `sites/${siteId}/failureDomains/names`, site.failureDomains.names, 'failure domain')),
      ...checkPlatformFlows(siteId, site, hasExporter),
    ]),
  ];
}
