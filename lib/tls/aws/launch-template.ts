import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import { logGroupPlaceholder } from '../machine-words';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site';

/** What an instance boots with. */
export interface LaunchTerms {
  readonly tier: TierPlan;
  readonly site: TierSiteScope;
  readonly profileArn: string;
  readonly logGroupName: string;
  readonly userData: string;
}

/** Size of an instance's disk, in GiB: the image, the log files and their rotation. */
const rootVolumeGibibytes = 30;

/** How an instance of a zone's tier is launched. */
export function launchTemplate(
  scope: Construct,
  id: string,
  { tier, site, profileArn, logGroupName, userData }: LaunchTerms,
): CfnLaunchTemplate {
  const tags = tagsOf(site, { name: `${tier.zone}-tier`, zone: tier.zone, role: 'tier' });
  return new CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      imageId: `{{resolve:ssm:${site.machineImageParameter}}}`,
      instanceType: tier.instanceType,
      iamInstanceProfile: { arn: profileArn },
      securityGroupIds: [site.groupId(tier.zone, 'tier'), site.platformGroupId],
      // The container shares the host's network, so one hop reaches the metadata from the boot script; nothing further away may ask.
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
