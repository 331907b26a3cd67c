import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { CloudZonePlan } from '../../zones/plan-schema';
import type { BootInput } from '../boot/input';
import { userData } from '../boot/user-data';
import { renderCapacity, renderSoftwareFallback } from '../haproxy/capacity';
import { renderConfiguration } from '../haproxy/configuration';
import { capacityFile, capacityFiles, configurationFile } from '../haproxy/container';
import { renderSelfTest, selfTestScript } from '../haproxy/self-test';
import type { HaproxyPlan, ManagedListenerPlan, TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { Balancer } from './balancer';
import { eventLog } from './event-log';
import { bootDeadlineSeconds, fleet } from './fleet';
import { InstanceRole } from './instance-role';
import { launchTemplate } from './launch-template';
import type { TierSiteScope } from './site-scope';
import { softwareAlarm } from './software-alarm';
import { backendTargets, tierTargets } from './target-group';

/** Terminates TLS for one zone at a cloud site: a network load balancer in front of instances that run HAProxy. */
export class CloudTier extends Construct {
  private readonly balancer: Balancer;

  constructor(
    scope: Construct,
    private readonly zone: CloudZonePlan,
    private readonly site: TierSiteScope,
  ) {
    super(scope, zone.id);
    this.balancer = new Balancer(this, 'Balancer', zone, site);
  }

  /**
   * Adds a listener that terminates the TLS of a managed endpoint.
   *
   * @throws {RangeError} if the endpoint has no certificate for a managed listener
   */
  addManagedListener({ endpoint: id, sslPolicy }: ManagedListenerPlan): void {
    const endpoint = this.zone.endpoints.find((candidate) => candidate.id === id);
    if (endpoint?.managedCertificate === undefined)
      throw new RangeError(`zone ${this.zone.id} has no managed certificate for endpoint ${id}`);
    const targets = backendTargets(this, `Backend-${id}`, endpoint, this.zone.id, this.site);
    this.balancer.terminate(endpoint, targets, endpoint.managedCertificate, sslPolicy);
  }

  /** Adds the instances of the tier, and a listener for each of its endpoints that passes TLS through to them. */
  addInstances(tier: TierPlan, haproxy: HaproxyPlan): void {
    const passed = tierEndpoints(this.zone).map((endpoint) => {
      const targets = tierTargets(this, `Targets-${endpoint.id}`, endpoint, tier, this.site);
      return { targets, listener: this.balancer.passThrough(endpoint, targets) };
    });
    const instances = fleet(
      this,
      'Fleet',
      tier,
      this.site,
      passed.map(({ targets }) => targets),
    );
    // Without a listener, a target group runs no health checks, and the instances would never become healthy.
    for (const { listener } of passed) instances.addResourceDependency(listener);
    const template = this.template(tier, haproxy, Stack.of(this).getLogicalId(instances));
    if (tier.acceleration === 'hardware') softwareAlarm(this, 'InSoftware', tier, this.site);
    instances.launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  }

  private accelerationFiles(tier: TierPlan, haproxy: HaproxyPlan): NonNullable<BootInput['acceleration']> {
    return {
      softwareCapacity: this.site.addFile(capacityFile, renderSoftwareFallback(tier, haproxy)),
      selfTest: this.site.addFile(capacityFiles.selfTest, renderSelfTest(this.zone, tier)),
      selfTestScript: this.site.addFile(capacityFiles.selfTestScript, selfTestScript(this.zone, tier)),
    };
  }

  private template(tier: TierPlan, haproxy: HaproxyPlan, fleetId: string): CfnLaunchTemplate {
    const { site, zone } = this;
    const events = eventLog(this, 'Events', tier.zone, site);
    const configuration = site.addFile(configurationFile, renderConfiguration(zone, tier, haproxy));
    const capacity = site.addFile(capacityFile, renderCapacity(tier, haproxy));
    const acceleration = tier.acceleration === 'hardware' ? this.accelerationFiles(tier, haproxy) : undefined;
    const files = [configuration, capacity, ...Object.values(acceleration ?? {})];
    const props = { files, logGroupArn: events.attrArn, writesMetrics: acceleration !== undefined };
    const role = new InstanceRole(this, 'Instance', tier.zone, site, props);
    return launchTemplate(this, 'LaunchTemplate', {
      tier,
      endpoints: tierEndpoints(zone),
      site,
      profileArn: role.profileArn,
      logGroupName: events.ref,
      userData: userData({
        site: site.site,
        region: site.region,
        zone,
        tier,
        image: `${site.imageRepository}@${haproxy.imageDigest}`,
        configuration,
        capacity,
        acceleration,
        signal: { stack: site.stack, resource: fleetId, deadlineSeconds: bootDeadlineSeconds(tier) },
      }),
    });
  }
}
