import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import { softwareFallbackBackend } from '../haproxy/capacity';
import type { TierContext } from './context';
import { tierName } from './context';
import { costExpressions, seriesOf } from './session-cost';

/** For how long a state has to last before somebody is told: a rollout, or a scrape that failed, is none. */
const patience = '5m';

/** For how long a burst is told of that is over within seconds. */
const remembered = '1h';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string };
}

/** What instances say of themselves, which needs no load: the mark of those that chose software, and how many speak at all. */
function saidRules({ site, zone, tier }: TierContext): Rule[] {
  const marked = seriesOf(zone.id, 'haproxy_backend_status', `proxy="${softwareFallbackBackend}"`, 'state="UP"');
  const speaking = seriesOf(zone.id, 'haproxy_process_build_info');
  const at = `the hardware tier of zone ${zone.id} at site ${site.site}`;
  return [
    {
      alert: 'TlsHardwareTierInSoftware',
      expr: `max by (pod) (${marked}) == 1`,
      labels: { severity: 'critical' },
      annotations: { summary: `An instance of ${at} found no device that works and ends TLS in software` },
    },
    {
      alert: 'TlsHardwareTierUnobserved',
      expr: `(count(count by (pod) (${speaking})) or vector(0)) < ${tier.minAvailable}`,
      for: patience,
      labels: { severity: 'critical' },
      annotations: { summary: `Nobody can tell whether ${at} uses its devices` },
    },
  ];
}

/** What sessions cost, which tells of devices that failed after the instance had proved them: other work may cost as much. */
function costRules({ site, zone, tier }: TierContext): Rule[] {
  const expressions = costExpressions(tier);
  if (!expressions) return [];
  const costly = {
    labels: { severity: 'warning' as const },
    annotations: { summary: `Sessions of the hardware tier of zone ${zone.id} at site ${site.site} cost as if it had no devices` },
  };
  return [
    { alert: 'TlsBurstCostsAsInSoftware', expr: expressions.burst, keep_firing_for: remembered, ...costly },
    { alert: 'TlsLoadCostsAsInSoftware', expr: expressions.steady, for: patience, ...costly },
  ];
}

/** Tells that a hardware tier ends TLS in software, or that nobody can tell: silence is an alert too. */
export function softwareAlert(scope: Construct, context: TierContext): Manifest | undefined {
  const { site, zone, tier } = context;
  if (!tier.device) return undefined;
  return new Manifest(scope, `${zone.id}_software-alert`, {
    manifest: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: `${tierName}-software`, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) },
      spec: { groups: [{ name: `${tierName}-software`, rules: [...saidRules(context), ...costRules(context)] }] },
    },
    fieldManager: { forceConflicts: true },
  });
}
