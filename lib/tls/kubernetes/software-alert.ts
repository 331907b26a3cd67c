import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { TierPlan } from '../plan-schema';
import { tierName } from './names';
import type { TierContext } from './site';

/** Time over which costs are averaged, and for which they must be too high. */
const window = '5m';

/** Share of the planned rate of sessions below which other work of an instance hides what a handshake costs. */
const leastLoad = 0.1;

/** Rates of one zone's instances: processor seconds a second, and TLS sessions a second. */
function rates(zone: string) {
  const instances = `namespace="${zone}",pod=~"${tierName}-.+"`;
  return {
    processor: `sum by (pod) (rate(container_cpu_usage_seconds_total{${instances},container="haproxy"}[${window}]))`,
    sessions: `sum by (pod) (rate(haproxy_process_ssl_connections_total{${instances}}[${window}]))`,
  };
}

/**
 * Holds where a session costs an instance more processor time than halfway between with and without devices.
 *
 * Acceleration fails open: an instance without its device serves on, and only its costs show it.
 */
export function softwareExpression({ zone, instances, sizing }: TierPlan): string | undefined {
  if (sizing?.softwareMicroseconds === undefined) return undefined;
  const { processor, sessions } = rates(zone);
  const halfwaySeconds = (sizing.serviceMicroseconds + sizing.softwareMicroseconds) / 2 / 1e6;
  const leastSessions = Math.ceil((leastLoad * sizing.newSessionsPerSecond) / instances);
  return `${processor} / ${sessions} > ${halfwaySeconds} and ${sessions} > ${leastSessions}`;
}

function rule(alert: string, expr: string, summary: string) {
  return { alert, expr, for: window, labels: { severity: 'critical' }, annotations: { summary } };
}

/** Tells that a hardware tier ends TLS in software, or that nobody can tell: silence is an alert too. */
export function softwareAlert(scope: Construct, { site, zone, tier }: TierContext): Manifest | undefined {
  const expression = softwareExpression(tier);
  if (!tier.device || !expression) return undefined;
  const unseen = `absent(haproxy_process_ssl_connections_total{namespace="${zone.id}"})`;
  return new Manifest(scope, `${zone.id}_software-alert`, {
    manifest: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: `${tierName}-software`, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) },
      spec: {
        groups: [
          {
            name: `${tierName}-software`,
            rules: [
              rule('TlsHardwareTierInSoftware', expression, `Hardware tier of zone ${zone.id} at site ${site.site} ends TLS in software`),
              rule(
                'TlsHardwareTierUnobserved',
                unseen,
                `Nobody can tell whether the hardware tier of zone ${zone.id} at site ${site.site} uses its devices`,
              ),
            ],
          },
        ],
      },
    },
    fieldManager: { forceConflicts: true },
  });
}
