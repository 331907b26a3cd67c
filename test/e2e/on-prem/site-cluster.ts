import type { OnPremSitePlan } from '../../../lib/estate/plan-schema';
import { type Cluster, startCluster } from '../harness/cluster';
import type { NodePool } from '../harness/nodes';
import { installed } from '../tools/cache';
import { definitions } from '../tools/definitions';

/** Nodes without devices in each failure domain. */
const plainNodes = 3;

/** Node size: a usual two-socket server. */
const size = { cpus: 64, memory: '256Gi' } as const;

/** Starts a cluster as a site describes it: identity, address ranges, failure domains, devices and definitions. */
export async function startSiteCluster(site: OnPremSitePlan): Promise<Cluster> {
  const cluster = await startCluster({
    context: site.context,
    identity: { 'diptych/site': site.clusterIdentity },
    podCidr: site.podCidr,
    serviceCidr: site.serviceCidr,
    pools: site.failureDomains.names.flatMap((failureDomain) => [
      { ...size, failureDomain, count: plainNodes },
      ...hardwarePool(site, failureDomain),
    ]),
  });
  try {
    await cluster.kubectl.run(['apply', '--server-side', '--recursive', `--filename=${installed(definitions)}`]);
    await cluster.kubectl.run(['wait', 'customresourcedefinition', '--all', '--for=condition=Established', '--timeout=60s']);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Nodes with devices requested by a tier of the site. */
function hardwarePool(site: OnPremSitePlan, failureDomain: string): NodePool[] {
  const resources = new Set(site.tiers.flatMap(({ device }) => device?.resource ?? []));
  const { hardware } = site;
  if (!hardware || resources.size === 0) return [];
  const devices = Object.fromEntries([...resources].map((resource) => [resource, hardware.devicesPerNode]));
  return [{ ...size, failureDomain, count: hardware.nodesPerFailureDomain, devices, labels: { [hardware.nodeLabel]: 'true' } }];
}
