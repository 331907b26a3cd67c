import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import { metricNamespace } from '../../core/labels';
import { softwareMetric } from '../boot/accelerator';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site-scope';

/** Minutes that an instance of a hardware tier may run in software before the alarm fires. */
const toleratedMinutes = 5;

/** Alarm on an instance of a hardware tier that terminates TLS in software, where it serves more slowly than planned. Missing data counts as an alarm. */
export function softwareAlarm(scope: Construct, id: string, { zone }: TierPlan, site: TierSiteScope): CfnAlarm {
  return new CfnAlarm(scope, id, {
    alarmDescription: `Hardware tier of zone ${zone} at site ${site.site} ends TLS in software`,
    namespace: metricNamespace,
    metricName: softwareMetric,
    dimensions: [
      { name: 'Site', value: site.site },
      { name: 'Zone', value: zone },
    ],
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: toleratedMinutes,
    datapointsToAlarm: toleratedMinutes,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'breaching',
    tags: tagsOf(site, { name: `${zone}-in-software`, zone, role: 'tier' }),
  });
}
