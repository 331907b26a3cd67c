import { type AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import { type EC2Client, paginateDescribeLaunchTemplates, paginateDescribeLaunchTemplateVersions } from '@aws-sdk/client-ec2';
import { byKey, type Facts, facts, number, type Reader, sorted } from './reader';

/** Readers of the groups of instances and of what their instances boot with. */
export function fleetReaders(scaling: AutoScalingClient, ec2: EC2Client): Reader[] {
  return [groups(scaling), launchTemplates(ec2)];
}

function groups(client: AutoScalingClient): Reader {
  return {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeAutoScalingGroups({ client }, {})) {
        for (const group of page.AutoScalingGroups ?? []) {
          found.set(group.AutoScalingGroupName ?? '', {
            size: [group.MinSize, group.MaxSize],
            subnets: sorted(group.VPCZoneIdentifier?.split(',')),
            launchTemplate: group.LaunchTemplate?.LaunchTemplateId,
            healthCheck: [group.HealthCheckType, group.HealthCheckGracePeriod],
            scaleInProtected: group.NewInstancesProtectedFromScaleIn,
            tags: byKey(group.Tags),
          });
        }
      }
      return found;
    },
    declared({ properties }) {
      const { MinSize, MaxSize, VPCZoneIdentifier, LaunchTemplate, HealthCheckType, HealthCheckGracePeriod, Tags } = properties;
      return {
        size: [number(MinSize), number(MaxSize)],
        subnets: sorted(VPCZoneIdentifier),
        launchTemplate: (LaunchTemplate as { readonly LaunchTemplateId: string }).LaunchTemplateId,
        healthCheck: [HealthCheckType, number(HealthCheckGracePeriod)],
        scaleInProtected: properties.NewInstancesProtectedFromScaleIn ?? false,
        tags: byKey(Tags),
      };
    },
  };
}

/** Attributes of a launch template's data that are text on both sides. */
const compared = ['ImageId', 'InstanceType'] as const;

function launchTemplates(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::LaunchTemplate',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeLaunchTemplates({ client }, {})) {
        for (const { LaunchTemplateId = '' } of page.LaunchTemplates ?? []) {
          const versions = paginateDescribeLaunchTemplateVersions({ client }, { LaunchTemplateId, Versions: ['$Latest'] });
          for await (const { LaunchTemplateVersions = [] } of versions) {
            for (const { LaunchTemplateData = {} } of LaunchTemplateVersions)
              found.set(LaunchTemplateId, dataFacts({ ...LaunchTemplateData }));
          }
        }
      }
      return found;
    },
    declared: ({ properties }) => dataFacts(properties.LaunchTemplateData as Readonly<Record<string, unknown>>),
  };
}

function dataFacts(data: Readonly<Record<string, unknown>>): Facts {
  return facts(Object.fromEntries(compared.map((name) => [name, data[name]])));
}
