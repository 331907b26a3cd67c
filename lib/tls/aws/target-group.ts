import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import { healthPort } from '../../core/ports';
import type { EndpointPlan } from '../../zones/plan-schema';
import { healthPath, stopSeconds } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site-scope';

/** Limit of AWS for the deregistration delay of a target group, in seconds. */
const maxDeregistrationSeconds = 3_600;

/** Formats attributes as the list of key and value that CloudFormation requires. */
export function attributes(values: Readonly<Record<string, string | number | boolean>>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
}

/** Target group attributes that let sessions finish when a target is removed or unhealthy. */
function sessionAttributes(drainSeconds: number): Record<string, string | number | boolean> {
  return {
    'deregistration_delay.timeout_seconds': Math.min(drainSeconds, maxDeregistrationSeconds),
    // The tier ends its sessions itself, so that the load balancer never cuts a long FIX session.
    'deregistration_delay.connection_termination.enabled': false,
    'target_health_state.unhealthy.connection_termination.enabled': false,
    'target_health_state.unhealthy.draining_interval_seconds': drainSeconds,
    'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  };
}

/** Target group with the instances of a tier, for one endpoint. CloudFormation names it, because a named one could not be replaced to change its port. */
export function tierTargets(scope: Construct, id: string, endpoint: EndpointPlan, tier: TierPlan, site: TierSiteScope): CfnTargetGroup {
  return new CfnTargetGroup(scope, id, {
    vpcId: site.vpcId,
    targetType: 'instance',
    protocol: 'TCP',
    port: endpoint.port,
    healthCheckEnabled: true,
    healthCheckProtocol: 'HTTP',
    healthCheckPort: String(healthPort),
    healthCheckPath: healthPath,
    healthCheckIntervalSeconds: 5,
    healthCheckTimeoutSeconds: 4,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
    matcher: { httpCode: '200' },
    targetGroupAttributes: attributes({
      ...sessionAttributes(stopSeconds(tier)),
      'preserve_client_ip.enabled': true,
      'proxy_protocol_v2.enabled': false,
      // Below the minimum, DNS fails over to other zones; without any healthy target, traffic goes to all targets.
      'target_group_health.dns_failover.minimum_healthy_targets.count': tier.minAvailable,
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': 1,
    }),
    tags: tagsOf(site, { name: `${tier.zone}-${endpoint.id}`, zone: tier.zone, role: 'tier' }),
  });
}

/** Target group with the servers of a managed endpoint, whose listener terminates TLS. */
export function backendTargets(scope: Construct, id: string, endpoint: EndpointPlan, zone: string, site: TierSiteScope): CfnTargetGroup {
  const { port, servers, serverName } = endpoint.backend;
  return new CfnTargetGroup(scope, id, {
    vpcId: site.vpcId,
    targetType: 'ip',
    protocol: serverName === undefined ? 'TCP' : 'TLS',
    port,
    targets: servers.map(({ address }) => ({ id: address, port })),
    healthCheckEnabled: true,
    healthCheckProtocol: 'TCP',
    healthCheckIntervalSeconds: 10,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
    targetGroupAttributes: attributes({
      ...sessionAttributes(endpoint.drainSeconds),
      // The servers' security groups admit the load balancer, not its clients.
      'preserve_client_ip.enabled': false,
      'proxy_protocol_v2.enabled': endpoint.backend.clientIdentity === 'proxy-v2',
    }),
    tags: tagsOf(site, { name: `${zone}-${endpoint.id}`, zone, role: 'workload' }),
  });
}
