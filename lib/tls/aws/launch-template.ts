import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import type { EndpointPlan } from '../../zones/plan-schema';
import { logGroupPlaceholder } from '../boot/shell-word';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site-scope';

/** What an instance boots with. */
export interface LaunchTemplateProps {
  readonly tier: TierPlan;
  readonly endpoints: readonly EndpointPlan[];
  readonly site: TierSiteScope;
  readonly profileArn: string;
  readonly logGroupName: string;
  readonly userData: string;
}

/** Size of an instance's disk, in GiB: the image, the log files and their rotation. */
const rootVolumeGibibytes = 30;

/** What the timers of clients, HAProxy and servers may differ by, in seconds. */
const idleMarginSeconds = 60;

/**
 * How long the network remembers a TCP session without traffic, in seconds: longer than any endpoint lets one be.
 *
 * Instances of newer families forget after 350 seconds unless told, and drop what comes later without an answer.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
function trackedSeconds(endpoints: readonly EndpointPlan[]): number {
  return Math.max(...endpoints.map(({ idleTimeoutSeconds }) => idleTimeoutSeconds)) + idleMarginSeconds;
}

/** How an instance of a zone's tier is launched. */
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
      // Without a subnet: the group's decide.
      networkInterfaces: [
        {
          deviceIndex: 0,
          groups: [site.groupId(tier.zone, 'tier'), site.platformGroupId],
          associatePublicIpAddress: false,
          deleteOnTermination: true,
          connectionTrackingSpecification: { tcpEstablishedTimeout: trackedSeconds(endpoints) },
        },
      ],
      // One hop keeps other machines away; the container, which shares the host's network, is kept away by its unit.
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
