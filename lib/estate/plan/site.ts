import { sortedEntries, sortedMap } from '../../core/order';
import type { CloudPlatformFlowSpec } from '../platform-flow-spec';
import type { CloudSiteSpec, OnPremSiteSpec, SiteSpec } from '../spec';

function withIds<T extends { readonly podLabels?: Readonly<Record<string, string>> }>(
  flows: Readonly<Record<string, T>>,
): (T & { id: string })[] {
  return sortedEntries(flows).map(([id, flow]) => ({ id, ...flow, ...(flow.podLabels && { podLabels: sortedMap(flow.podLabels) }) }));
}

function onPremFrame(id: string, site: OnPremSiteSpec) {
  return { ...site, id, platformFlows: withIds(site.platformFlows) };
}

function cloudFrame(id: string, { quotas: _raised, ...site }: CloudSiteSpec) {
  const platformFlows = withIds<CloudPlatformFlowSpec & { podLabels?: undefined }>(site.platformFlows);
  return { ...site, id, tags: sortedMap(site.tags), platformFlows };
}

/** Returns the attributes of a planned site that belong to no domain. */
export function siteFrame(id: string, site: SiteSpec) {
  return site.kind === 'cloud' ? cloudFrame(id, site) : onPremFrame(id, site);
}
