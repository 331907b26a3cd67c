import type { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { groupBy } from '../lib/core/group';
import type { CloudSitePlan, EstatePlan } from '../lib/estate/plan-schema';
import { bucketOf } from '../lib/zones/classification';
import type { GroupRule } from '../lib/zones/walls/group-rules';
import { plannedRules, wallsOf } from '../lib/zones/walls/plan';
import { FlowsStack } from './aws-flows';
import { NetworkStack } from './aws-network';
import { importedSite } from './aws-scope';
import { TiersStack } from './aws-tiers';
import { ZonesStack } from './aws-zones';

function cloudSite(plan: EstatePlan, siteId: string): CloudSitePlan {
  const site = plan.sites.find(({ id }) => id === siteId);
  if (site?.kind !== 'cloud') throw new RangeError(`the plan has no cloud site ${siteId}`);
  return site;
}

/** Groups security group rules by the bucket of their zone. Rules of groups outside zones have the key `undefined`. */
function rulesByBucket(site: CloudSitePlan): Map<number | undefined, GroupRule[]> {
  const buckets = new Map(site.zones.map(({ id, slot }) => [id, bucketOf(slot)]));
  return groupBy(plannedRules(wallsOf(site)), ({ owner }) => (owner.kind === 'zone' ? buckets.get(owner.zone) : undefined));
}

/**
 * Adds the stacks of a cloud site to a CDK app: one for its network, and for each eight slots one each for zones, flows and tiers.
 *
 * @returns the stacks, in the order in which they are deployed
 */
export function addCloudSite(scope: Construct, plan: EstatePlan, siteId: string): Stack[] {
  const site = cloudSite(plan, siteId);
  const rules = rulesByBucket(site);
  const acls = wallsOf(site).networkAcls;
  const scopeOfSite = importedSite(site);
  const byBucket = [...groupBy(site.zones, ({ slot }) => bucketOf(slot))].sort(([one], [other]) => one - other);
  const network = new NetworkStack(scope, { ...plan, site, rules: rules.get(undefined) ?? [] });
  const zones = byBucket.map(([bucket, members]) => {
    const walls = acls.filter((acl) => acl.bucket === bucket);
    return new ZonesStack(scope, plan.estate, site, bucket, members, walls, scopeOfSite);
  });
  for (const stack of zones) stack.addStackDependency(network);
  const groups = scopeOfSite.rawGroups();
  const flows = byBucket
    .filter(([bucket]) => rules.has(bucket))
    .map(([bucket]) => new FlowsStack(scope, plan.estate, site, bucket, rules.get(bucket) ?? [], groups));
  for (const stack of flows) for (const earlier of zones) stack.addStackDependency(earlier);
  const tiers = byBucket
    .map(([bucket, members]) => ({ bucket, served: members.filter(({ endpoints }) => endpoints.length > 0) }))
    .filter(({ served }) => served.length > 0)
    .map(({ bucket, served }) => new TiersStack(scope, plan, site, bucket, served));
  for (const stack of tiers) for (const earlier of flows) stack.addStackDependency(earlier);
  return [network, ...zones, ...flows, ...tiers];
}
