import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import { softwareFallbackBackend } from '../haproxy/capacity';
import type { TierContext } from './context';
import { tierName } from './context';
import { costExpressions, seriesOf } from './session-cost';

/** Time that a condition must last before the alert fires, so that rolling updates and missed scrapes do not trigger it. */
const pendingTime = '5m';

/** Time that the alert keeps firing after a burst that is over within seconds. */
const keepFiringTime = '1h';

/** An alerting rule of Prometheus. */
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string };
}

/** Rules on what instances report, which need no load: instances that chose software, and missing metrics. */
function selfReportRules({ site, zone, tier }: TierContext): Rule[] {
  const inSoftware = seriesOf(zone.id, 'haproxy_backend_status', `proxy="${softwareFallbackBackend}"`, 'state="UP"');
  const reporting = seriesOf(zone.id, 'haproxy_process_build_info');
  const at = `the hardware tier of zone ${zone.id} at site ${site.site}`;
  return [
    {
      alert: 'TlsHardwareTierInSoftware',
      expr: `max by (pod) (${inSoftware}) == 1`,
      labels: { severity: 'critical' },
      annotations: { summary: `An instance of ${at} found no device that works and ends TLS in software` },
    },
    {
      alert: 'TlsHardwareTierUnobserved',
      expr: `(count(count by (pod) (${reporting})) or vector(0)) < ${tier.minAvailable}`,
      for: pendingTime,
      labels: { severity: 'critical' },
      annotations: { summary: `Nobody can tell whether ${at} uses its devices` },
    },
  ];
}

/** Rules on the cost of sessions, which detect devices that failed after the self-test. Only warnings, since other work may cost as much. */
function costRules({ site, zone, tier }: TierContext): Rule[] {
  const expressions = costExpressions(tier);
  if (!expressions) return [];
  const costly = {
    labels: { severity: 'warning' as const },
    annotations: { summary: `Sessions of the hardware tier of zone ${zone.id} at site ${site.site} cost as if it had no devices` },
  };
  return [
    { alert: 'TlsBurstCostsAsInSoftware', expr: expressions.burst, keep_firing_for: keepFiringTime, ...costly },
    { alert: 'TlsLoadCostsAsInSoftware', expr: expressions.steady, for: pendingTime, ...costly },
  ];
}

/** PrometheusRule that alerts when a hardware tier terminates TLS in software, or reports no metrics; undefined for a software tier. */
export function softwareAlert(scope: Construct, context: TierContext): Manifest | undefined {
  const { site, zone, tier } = context;
  if (!tier.device) return undefined;
  return new Manifest(scope, `${zone.id}_software-alert`, {
    manifest: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: `${tierName}-software`, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) },
      spec: { groups: [{ name: `${tierName}-software`, rules: [...selfReportRules(context), ...costRules(context)] }] },
    },
    fieldManager: { forceConflicts: true },
  });
}
