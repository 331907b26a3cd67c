import type { DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { healthPort } from '../../core/ports';
import { healthPath, unreadySeconds } from '../haproxy/container';
import { startSeconds } from './rollout';

type Probes = Pick<DeploymentV1SpecTemplateSpecContainer, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

const httpGet = { path: healthPath, port: String(healthPort) };
const startPeriodSeconds = 2;
const readinessPeriodSeconds = 2;

/** Probes of an instance: quick to remove it from the load balancer, slow to restart it, since a restart cuts all sessions. */
export const probes: Probes = {
  startupProbe: { httpGet, periodSeconds: startPeriodSeconds, failureThreshold: startSeconds / startPeriodSeconds, timeoutSeconds: 1 },
  readinessProbe: {
    httpGet,
    periodSeconds: readinessPeriodSeconds,
    failureThreshold: unreadySeconds / readinessPeriodSeconds,
    timeoutSeconds: 1,
  },
  livenessProbe: { httpGet, periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 5 },
};
