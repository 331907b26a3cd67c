import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { stackName } from '../lib/artifacts/stack-kinds';
import type { KubernetesSiteScope } from '../lib/core/scope/kubernetes';
import { type Cluster, SiteStack } from '../lib/core/terraform';
import type { EstatePlan, OnPremSitePlan } from '../lib/estate/plan-schema';
import type { TierContext } from '../lib/tls/kubernetes/context';
import { labelBindings, labelPolicies } from '../lib/tls/kubernetes/label-policies';
import { softwareAlert } from '../lib/tls/kubernetes/software-alert';
import { addTierFoundation, TerminationTier } from '../lib/tls/kubernetes/tier';
import { tierPreconditions } from '../lib/tls/plan/preconditions';
import { priorityClasses, priorityClassName } from '../lib/zones/kubernetes/priority';
import { ZoneSegment } from '../lib/zones/kubernetes/segment';

/** Terraform stacks of an on-prem site, in the order in which they are applied. */
export interface OnPremSiteStacks {
  /** Namespaces, resource quotas, limit ranges, network policies and service accounts. */
  readonly core: SiteStack;
  /** Custom resources, whose definitions must exist when Terraform plans them. The stack exists even when empty, so that Terraform removes earlier resources. */
  readonly extensions: SiteStack;
  /** Termination tiers, which wait for Secrets that controllers create for the custom resources. */
  readonly tiers: SiteStack;
}

function onPremSite(plan: EstatePlan, siteId: string): OnPremSitePlan {
  const site = plan.sites.find(({ id }) => id === siteId);
  if (site?.kind !== 'on-prem') throw new RangeError(`the plan has no on-prem site ${siteId}`);
  return site;
}

function siteScope(plan: EstatePlan, site: OnPremSitePlan): KubernetesSiteScope {
  return {
    estate: plan.estate,
    site: site.id,
    podCidr: site.podCidr,
    failureDomainLabel: site.failureDomains.label,
    ...(site.hardware && { deviceNodeLabel: site.hardware.nodeLabel }),
    imageRepository: site.imageRepository,
    namespaces: site.namespaces,
    platformFlows: site.platformFlows,
    namespace: (zone) => zone,
    priorityClass: (criticality) => priorityClassName(plan.estate, criticality),
  };
}

function tierContexts(plan: EstatePlan, site: OnPremSitePlan): Map<string, TierContext> {
  const scope = siteScope(plan, site);
  return new Map(
    site.tiers.flatMap((tier) => {
      const zone = site.zones.find(({ id }) => id === tier.zone);
      return zone ? [[zone.id, { site: scope, zone, tier, haproxy: plan.haproxy }]] : [];
    }),
  );
}

function addSegments(core: SiteStack, plan: EstatePlan, site: OnPremSitePlan, tiers: ReadonlyMap<string, TierContext>): void {
  const scope = siteScope(plan, site);
  priorityClasses(core, plan.estate, new Set([...tiers.values()].map(({ zone }) => zone.criticality)));
  for (const zone of site.zones) {
    const segment = new ZoneSegment(core, zone, scope);
    const context = tiers.get(zone.id);
    if (context) addTierFoundation(segment, context, segment.namespace);
  }
}

function addExtensions(stack: SiteStack, estate: string, contexts: readonly TierContext[]): void {
  if (contexts.length > 0) labelPolicies(stack, estate);
  for (const context of contexts) {
    labelBindings(stack, context);
    softwareAlert(stack, context);
  }
}

function addTiers(stack: SiteStack, contexts: readonly TierContext[]): void {
  for (const context of contexts) new TerminationTier(stack, context);
  const preconditions = contexts.flatMap(({ tier }) => tierPreconditions(tier));
  // Terraform prints outputs after every plan and apply.
  if (preconditions.length > 0) new TerraformOutput(stack, 'preconditions', { value: preconditions });
}

/**
 * Adds the Terraform stacks of an on-prem site to a cdktf app.
 *
 * @throws {RangeError} if the plan has no on-prem site with this id
 */
export function addOnPremSite(scope: Construct, plan: EstatePlan, siteId: string): OnPremSiteStacks {
  const site = onPremSite(plan, siteId);
  const { context, clusterIdentity: identity, terraformBackend: backend } = site;
  const cluster: Cluster = { estate: plan.estate, context, identity, backend };
  const core = new SiteStack(scope, stackName(siteId, 'core'), cluster);
  const extensions = new SiteStack(scope, stackName(siteId, 'extensions'), cluster);
  const tiers = new SiteStack(scope, stackName(siteId, 'tiers'), cluster);
  extensions.addDependency(core);
  tiers.addDependency(extensions);
  const contexts = tierContexts(plan, site);
  addSegments(core, plan, site, contexts);
  addExtensions(extensions, plan.estate, [...contexts.values()]);
  addTiers(tiers, [...contexts.values()]);
  return { core, extensions, tiers };
}
