import { paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplateVersionsCommand, paginateDescribeLaunchTemplates } from '@aws-sdk/client-ec2';
import { all, pick, type Reader, tags } from './reader';

const groups: Reader = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  async live({ scaling: client }) {
    const found = await all(paginateDescribeAutoScalingGroups({ client }, {}), (page) => page.AutoScalingGroups);
    return found.map((group) => {
      const { LaunchTemplateId, Version } = group.LaunchTemplate ?? {};
      const VPCZoneIdentifier = group.VPCZoneIdentifier?.split(',').filter((subnet) => subnet !== '');
      return {
        id: group.AutoScalingGroupName ?? '',
        within: VPCZoneIdentifier?.[0],
        properties: {
          ...pick(group, 'AutoScalingGroupName', 'MinSize', 'MaxSize', 'TargetGroupARNs', 'HealthCheckType', 'HealthCheckGracePeriod'),
          ...pick(group, 'NewInstancesProtectedFromScaleIn', 'CapacityRebalance'),
          VPCZoneIdentifier,
          LaunchTemplate: LaunchTemplateId === undefined ? null : { LaunchTemplateId, Version },
          Tags: group.Tags?.flatMap(({ Key = '', Value, PropagateAtLaunch }) =>
            Key.startsWith('aws:') ? [] : [{ Key, Value, PropagateAtLaunch }],
          ),
        },
      };
    });
  },
};

const launchTemplates: Reader = {
  type: 'AWS::EC2::LaunchTemplate',
  async live({ ec2: client }) {
    const found = await all(paginateDescribeLaunchTemplates({ client }, {}), (page) => page.LaunchTemplates);
    return Promise.all(
      found.map(async ({ LaunchTemplateId: id = '', LaunchTemplateName, LatestVersionNumber, DefaultVersionNumber, Tags }) => {
        const { LaunchTemplateVersions } = await client.send(
          new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ['$Latest'] }),
        );
        const TagSpecifications = [{ ResourceType: 'launch-template', Tags: tags(Tags) }];
        return {
          id,
          attributes: { LatestVersionNumber: String(LatestVersionNumber), DefaultVersionNumber: String(DefaultVersionNumber) },
          properties: { LaunchTemplateName, LaunchTemplateData: LaunchTemplateVersions?.[0]?.LaunchTemplateData, TagSpecifications },
        };
      }),
    );
  },
};

/** Readers of the groups of instances and of what their instances boot with. */
export const fleetReaders: readonly Reader[] = [groups, launchTemplates];
