import { z } from 'zod';
import { haproxyPlan } from '../tls/plan-schema';
import { plannedShape } from './domains';
import { cloudPlatformFlowSpec, cloudSiteSpec, onPremSiteSpec, platformFlowSpec } from './spec';

/** The whole plan: resolved, sized, sorted and the same for both halves. */

/** Version of the plan's shape: a field may be added within one, never removed or given another meaning. */
export const planVersion = 'diptych/plan/1';

/** How much of a quota a site uses. */
export const quotaUse = z
  .object({
    name: z.string(),
    used: z.number(),
    limit: z.number(),
    /** What uses it most: the path of a zone, group or stack. */
    at: z.string(),
  })
  .meta({ id: 'QuotaUse' });

export const onPremSitePlan = onPremSiteSpec
  .omit({ platformFlows: true })
  .extend({
    id: z.string(),
    platformFlows: z.array(platformFlowSpec.extend({ id: z.string() })),
    ...plannedShape('onPrem'),
    quotas: z.array(quotaUse),
  })
  .meta({ id: 'OnPremSitePlan' });

export const cloudSitePlan = cloudSiteSpec
  .omit({ platformFlows: true, quotas: true })
  .extend({
    id: z.string(),
    platformFlows: z.array(cloudPlatformFlowSpec.extend({ id: z.string() })),
    ...plannedShape('cloud'),
    quotas: z.array(quotaUse),
  })
  .meta({ id: 'CloudSitePlan' });

export const sitePlan = z.discriminatedUnion('kind', [onPremSitePlan, cloudSitePlan]);

export const estatePlan = z
  .object({
    version: z.literal(planVersion),
    estate: z.string(),
    haproxy: haproxyPlan,
    ...plannedShape('estate'),
    sites: z.array(sitePlan),
  })
  .meta({ id: 'Plan', description: 'What one estate deploys, resolved, sized and sorted.' });

export type QuotaUse = z.infer<typeof quotaUse>;
export type OnPremSitePlan = z.infer<typeof onPremSitePlan>;
export type CloudSitePlan = z.infer<typeof cloudSitePlan>;
export type SitePlan = z.infer<typeof sitePlan>;
export type EstatePlan = z.infer<typeof estatePlan>;
