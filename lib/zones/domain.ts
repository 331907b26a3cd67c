import { z } from 'zod';
import { defineDomain, type PartialParse } from '../core/domain';
import { id } from '../core/schema';
import { endpointSubnets } from './addresses/subnetting';
import { checkSegmentation } from './checks/check-segmentation';
import { differingGateways } from './checks/gateways';
import { endpointsWithoutClients } from './checks/warnings';
import { zoneCodes } from './codes';
import { External } from './external';
import { Link } from './link';
import type { ClientAuthentication } from './plan/endpoints';
import { planExternals, planLinks, planZones } from './plan/plan';
import { cloudZonePlan, type ExternalPlan, externalPlan, type LinkPlan, linkPlan, onPremZonePlan, wallsPlan } from './plan-schema';
import { networkQuotas, networkUsages } from './quotas/quotas';
import { networkResources } from './quotas/stack-resources';
import type { CloudNetwork, Segmentation } from './segmentation';
import { endpointSpec, externalSpec, flowSpec, linkSpec, zoneSpec } from './spec';
import { externalsSection, linksSection } from './summary/networks';
import { networkPreconditions } from './summary/preconditions';
import { reachSection } from './summary/reach';
import { wallsSection } from './summary/walls';
import type { CloudSegments } from './walls/cloud-segments';
import { planWalls, wallsOf } from './walls/plan';
import type { PlannedSite } from './walls/planned-site';
import { Zone } from './zone';

/** What segmentation is planned from. */
export interface SegmentationInput {
  readonly spec: Segmentation;
  readonly parse: PartialParse;
  /** The client authentication that the profile of a zone requires of all its endpoints. */
  readonly minimumClientAuthentication: (zone: string) => ClientAuthentication;
}

/** A site before its zones are planned. */
export type SiteBeforeZones = ({ readonly kind: 'on-prem' } | (CloudNetwork & Omit<CloudSegments, 'zones' | 'endpointSubnets'>)) & {
  readonly id: string;
};

/** The part of a finished plan that the summary of this domain reads. */
export interface PlannedNetworks {
  readonly links: readonly LinkPlan[];
  readonly externals: readonly ExternalPlan[];
}

/** Segmentation: zones with their endpoints and flows, links and the networks outside. */
export const zonesDomain = defineDomain({
  id: 'zones',
  codes: zoneCodes,
  maps: {
    externals: {
      schema: z.record(id, externalSpec).default({}).describe('Networks outside, keyed by id.'),
      thing: externalSpec,
      constructs: [External],
    },
    links: {
      schema: z.record(id, linkSpec).default({}).describe('Links between sites, keyed by id.'),
      thing: linkSpec,
      constructs: [Link],
    },
    zones: {
      schema: z.record(id, zoneSpec).describe('Zones, keyed by id.'),
      thing: zoneSpec,
      members: { endpoints: endpointSpec, allowFrom: flowSpec },
      constructs: [Zone],
    },
  },
  planned: {
    estate: { externals: z.array(externalPlan), links: z.array(linkPlan) },
    onPrem: {
      /** Sorted by id. */
      zones: z.array(onPremZonePlan),
    },
    cloud: {
      /** Blocks, one an availability zone, of the subnets that hold interface endpoints and gateway attachments; empty in an existing VPC. */
      endpointSubnets: z.array(z.object({ availabilityZone: z.string(), cidr: z.string() })),
      zones: z.array(cloudZonePlan),
      /** Absent in a plan that was written before it was added. */
      walls: wallsPlan.optional(),
    },
  },
  quotas: networkQuotas,
  plan({ spec, parse, minimumClientAuthentication }: SegmentationInput) {
    const { plannable, allocation, problems } = checkSegmentation(spec, parse, minimumClientAuthentication);
    const bySite = planZones(plannable, allocation, minimumClientAuthentication);
    const [externals, links] = [planExternals(plannable), planLinks(plannable)];
    return {
      part: { externals, links },
      problems,
      planSite(site: SiteBeforeZones) {
        const zones = (bySite.get(site.id) ?? []) as never[];
        if (site.kind === 'on-prem') return { part: { zones }, problems: [] };
        const part = { endpointSubnets: endpointSubnets(site), zones };
        return { part: { ...part, walls: planWalls({ ...site, ...part }, links, externals) }, problems: [] };
      },
    };
  },
  quotaUsages: ({ links, externals }: PlannedNetworks, site: PlannedSite) =>
    site.kind === 'cloud' ? networkUsages(site, links, externals) : [],
  stackResources: ({ links, externals }, site) => (site.kind === 'cloud' ? networkResources(site, links, externals) : []),
  warnings: ({ links }, sites: readonly PlannedSite[]) => [...endpointsWithoutClients(sites), ...differingGateways(sites, links)],
  preconditions: ({ links }, site) => networkPreconditions(site, links),
  sections: ({ links, externals }) => [externalsSection(externals), linksSection(links)],
  siteSections: (_plan, site) => [reachSection(site), ...(site.kind === 'cloud' ? [wallsSection(site.zones, wallsOf(site))] : [])],
});
