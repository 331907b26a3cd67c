import { paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplateVersionsCommand, paginateDescribeLaunchTemplates } from '@aws-sdk/client-ec2';
import { collect, pick, type Reader, userTags, withDetails } from './reader';

const groups: Reader = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  defaults: { SuspendedProcesses: [] },
  async live({ scaling: client }) {
    const found = await collect(paginateDescribeAutoScalingGroups({ client }, {}), (page) => page.AutoScalingGroups);
    return found.map((group) => {
      const { LaunchTemplateId, Version } = group.LaunchTemplate ?? {};
      const VPCZoneIdentifier = group.VPCZoneIdentifier?.split(',').filter((subnet) => subnet !== '');
      return {
        id: group.AutoScalingGroupName ?? '',
        parentId: VPCZoneIdentifier?.[0],
        properties: {
          ...pick(group, 'AutoScalingGroupName', 'MinSize', 'MaxSize', 'TargetGroupARNs', 'HealthCheckType', 'HealthCheckGracePeriod'),
          ...pick(group, 'NewInstancesProtectedFromScaleIn', 'CapacityRebalance'),
          SuspendedProcesses: group.SuspendedProcesses?.map(({ ProcessName }) => ProcessName),
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
  async live({ ec2: client }, physicalIds) {
    const found = await collect(paginateDescribeLaunchTemplates({ client }, {}), (page) => page.LaunchTemplates);
    const listed = ({ LaunchTemplateId: id = '' }: (typeof found)[number]) => ({ id });
    return withDetails(found, listed, physicalIds(this.type), async (template) => {
      const { LaunchTemplateId, LaunchTemplateName, LatestVersionNumber, DefaultVersionNumber, Tags } = template;
      const { LaunchTemplateVersions } = await client.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['$Latest'] }),
      );
      const TagSpecifications = [{ ResourceType: 'launch-template', Tags: userTags(Tags) }];
      return {
        attributes: { LatestVersionNumber: String(LatestVersionNumber), DefaultVersionNumber: String(DefaultVersionNumber) },
        properties: { LaunchTemplateName, LaunchTemplateData: LaunchTemplateVersions?.[0]?.LaunchTemplateData, TagSpecifications },
      };
    });
  },
};

/** Readers of Auto Scaling groups and launch templates. */
export const fleetReaders: readonly Reader[] = [groups, launchTemplates];
