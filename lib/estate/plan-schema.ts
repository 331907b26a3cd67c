import { z } from 'zod';
import { haproxyPlan } from '../tls/plan-schema';
import { plannedShape } from './domains';
import { cloudPlatformFlowSpec, platformFlowSpec } from './platform-flow-spec';
import { cloudSiteSpec, onPremSiteSpec } from './spec';

/** Schema of `plan.json`: the description with all defaults, addresses and sizes resolved, in a fixed order. */

/** Version of the schema of `plan.json`. Within a version, fields may be added but not removed or redefined. */
export const planVersion = 'diptych/plan/1';

/** Use of one AWS quota by a site. */
export const quotaUse = z
  .object({
    name: z.string(),
    used: z.number(),
    limit: z.number(),
    /** Zone, security group or stack with the highest use. */
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
  .meta({ id: 'Plan', description: 'Everything that is deployed for one estate.' });

export type QuotaUse = z.infer<typeof quotaUse>;
export type OnPremSitePlan = z.infer<typeof onPremSitePlan>;
export type CloudSitePlan = z.infer<typeof cloudSitePlan>;
export type SitePlan = z.infer<typeof sitePlan>;
export type EstatePlan = z.infer<typeof estatePlan>;
