import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Construct } from 'constructs';
import { objectLabels, tierSelector } from '../../core/labels';
import type { TierContext } from './context';
import { tierName } from './context';
import { tierPod } from './pod';
import { progressDeadlineSeconds, rolloutTimeout } from './rollout';

/** The Deployment of a tier. It sets no replicas, because the autoscaler owns their number. */
export function deployment(scope: Construct, context: TierContext, configurationName: string): DeploymentV1 {
  const { site, zone, tier } = context;
  const labels = {
    ...objectLabels(site.estate, zone.id),
    ...tierSelector(zone.id),
    'app.kubernetes.io/name': 'haproxy',
    'app.kubernetes.io/instance': zone.id,
    'app.kubernetes.io/component': 'tls-termination',
  };
  const timeout = rolloutTimeout(tier);
  return new DeploymentV1(scope, 'tier', {
    metadata: { name: tierName, namespace: site.namespace(zone.id), labels },
    spec: {
      selector: { matchLabels: tierSelector(zone.id) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '0', maxSurge: '1' } },
      progressDeadlineSeconds: progressDeadlineSeconds(tier),
      revisionHistoryLimit: 3,
      template: { metadata: { labels }, spec: tierPod(context, configurationName) },
    },
    waitForRollout: true,
    timeouts: { create: timeout, update: timeout },
  });
}
