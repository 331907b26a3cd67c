import { contains, isAddress } from '../../core/addresses';
import { clusterBlocks, type SiteNetwork } from '../segmentation';
import type { EndpointSpec } from '../spec';

/** Which backend servers are pods or Services of a site's cluster. Only these have labels that a NetworkPolicy can select. */

/** The namespace in the DNS name of a Service, `service.namespace.svc` with or without the cluster domain; undefined for other names. */
export function serviceNamespace(name: string): string | undefined {
  return /^(?:[^.]+\.)+([^.]+)\.svc(?:\.|$)/.exec(name)?.[1];
}

/** Whether a server is a Service or a pod of the cluster of a site. */
export function isInCluster(address: string, site: SiteNetwork): boolean {
  if (site.kind !== 'on-prem') return false;
  if (!isAddress(address)) return serviceNamespace(address) !== undefined;
  return clusterBlocks.some((attribute) => contains(site[attribute], `${address}/32`));
}

/** Whether at least one server of a backend at a site is in the cluster of the site. */
export function hasPods({ servers }: Pick<EndpointSpec['backend'], 'servers'>, siteId: string, site: SiteNetwork | undefined): boolean {
  return site !== undefined && Object.values(servers[siteId] ?? {}).some((address) => isInCluster(address, site));
}
