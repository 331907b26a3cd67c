import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import type { EndpointPlan } from '../../zones/plan-schema';
import { logGroupPlaceholder } from '../boot/shell-word';
import type { TierPlan } from '../plan-schema';
import { instanceGroups } from '../tier-site';
import type { TierSiteScope } from './site-scope';

/** Properties of the launch template of a tier. */
export interface LaunchTemplateProps {
  readonly tier: TierPlan;
  readonly endpoints: readonly EndpointPlan[];
  readonly site: TierSiteScope;
  readonly profileArn: string;
  readonly logGroupName: string;
  readonly userData: string;
}

/** Size of the root volume, in GiB: enough for the image and the event log. */
const rootVolumeGibibytes = 30;

/** Margin for differences between the idle timers of clients, HAProxy and servers, in seconds. */
const idleMarginSeconds = 60;

/**
 * Time that connection tracking keeps an idle TCP connection, in seconds: longer than the idle timeout of any endpoint.
 *
 * On newer instance families the default is 350 seconds, after which packets of the connection are dropped silently.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
function trackedSeconds(endpoints: readonly EndpointPlan[]): number {
  return Math.max(...endpoints.map(({ idleTimeoutSeconds }) => idleTimeoutSeconds)) + idleMarginSeconds;
}

/** The launch template of a zone's tier. */
export function launchTemplate(
  scope: Construct,
  id: string,
  { tier, endpoints, site, profileArn, logGroupName, userData }: LaunchTemplateProps,
): CfnLaunchTemplate {
  const tags = tagsOf(site, { name: `${tier.zone}-tier`, zone: tier.zone, role: 'tier' });
  return new CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      imageId: `{{resolve:ssm:${site.machineImageParameter}}}`,
      instanceType: tier.instanceType,
      iamInstanceProfile: { arn: profileArn },
      // The Auto Scaling group sets the subnet.
      networkInterfaces: [
        {
          deviceIndex: 0,
          groups: instanceGroups.map((group) => (group === 'platform' ? site.platformGroupId : site.groupId(tier.zone, group))),
          associatePublicIpAddress: false,
          deleteOnTermination: true,
          connectionTrackingSpecification: { tcpEstablishedTimeout: trackedSeconds(endpoints) },
        },
      ],
      // One hop excludes forwarded requests. The container shares the host's network; its systemd unit denies it the metadata service.
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1, instanceMetadataTags: 'disabled' },
      blockDeviceMappings: [
        {
          deviceName: site.rootDeviceName,
          ebs: { volumeType: 'gp3', volumeSize: rootVolumeGibibytes, encrypted: true, deleteOnTermination: true },
        },
      ],
      monitoring: { enabled: true },
      tagSpecifications: ['instance', 'network-interface', 'volume'].map((resourceType) => ({ resourceType, tags })),
      userData: Fn.base64(Fn.join(logGroupName, userData.split(logGroupPlaceholder))),
    },
    tagSpecifications: [{ resourceType: 'launch-template', tags }],
  });
}
