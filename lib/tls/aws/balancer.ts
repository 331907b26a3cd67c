import { CfnListener, type CfnListenerProps, CfnLoadBalancer, type CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import { isProtected } from '../../zones/classification';
import type { CloudZonePlan, EndpointPlan } from '../../zones/plan-schema';
import type { TierSiteScope } from './site-scope';
import { attributes } from './target-group';

/** ALPN policy of a listener that terminates TLS. The listener forwards the protocol unchanged, so a plain-text backend must support it too. */
function alpnPolicyOf({ protocol, backend }: EndpointPlan): string {
  if (protocol === 'grpc') return 'HTTP2Only';
  if (protocol !== 'https') return 'None';
  return backend.serverName === undefined ? 'HTTP1Only' : 'HTTP2Preferred';
}

/** A zone's internal network load balancer. Most listeners pass TLS through unchanged and keep the client's address. */
export class Balancer extends Construct {
  private readonly loadBalancerArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly zone: CloudZonePlan,
    private readonly site: TierSiteScope,
  ) {
    super(scope, id);
    this.loadBalancerArn = new CfnLoadBalancer(this, 'Balancer', {
      type: 'network',
      scheme: 'internal',
      ipAddressType: 'ipv4',
      // Security groups cannot be added to a load balancer that was created without any.
      securityGroups: [site.groupId(zone.id, 'balancer')],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
      subnets: site.subnetIds(zone.id, 'balancer'),
      loadBalancerAttributes: attributes({
        'deletion_protection.enabled': isProtected(zone.criticality),
        // Every address reaches every instance, so an address keeps working if the instances of its availability zone fail.
        'load_balancing.cross_zone.enabled': true,
      }),
      tags: tagsOf(site, { name: `${zone.id}-balancer`, zone: zone.id, role: 'balancer' }),
    }).ref;
  }

  /** Adds a listener that passes the TLS of an endpoint through to the tier. */
  passThrough(endpoint: EndpointPlan, targets: CfnTargetGroup): CfnListener {
    return this.listen(endpoint, targets, {
      protocol: 'TCP',
      listenerAttributes: attributes({ 'tcp.idle_timeout.seconds': endpoint.idleTimeoutSeconds }),
    });
  }

  /** Adds a listener that terminates the TLS of an endpoint. */
  terminate(endpoint: EndpointPlan, targets: CfnTargetGroup, certificateArn: string, sslPolicy: string): CfnListener {
    const alpnPolicy = [alpnPolicyOf(endpoint)];
    return this.listen(endpoint, targets, { protocol: 'TLS', sslPolicy, alpnPolicy, certificates: [{ certificateArn }] });
  }

  private listen(
    { id, port }: EndpointPlan,
    targets: CfnTargetGroup,
    props: Omit<CfnListenerProps, 'loadBalancerArn' | 'port' | 'defaultActions'>,
  ): CfnListener {
    return new CfnListener(this, id, {
      loadBalancerArn: this.loadBalancerArn,
      port,
      ...props,
      defaultActions: [{ type: 'forward', targetGroupArn: targets.ref }],
      tags: tagsOf(this.site, { name: `${this.zone.id}-${id}`, zone: this.zone.id, role: 'balancer' }),
    });
  }
}
