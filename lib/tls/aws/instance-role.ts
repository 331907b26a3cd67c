import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { assumedBy, policyDocument, type Statement, tagsOf } from '../../core/aws';
import { metricNamespace } from '../../core/labels';
import type { ContentNamedFile } from '../boot/input';
import type { TierSiteScope } from './site-scope';

/** Resources that an instance may access. */
export interface InstanceRoleProps {
  readonly files: readonly ContentNamedFile[];
  readonly logGroupArn: string;
  /** True if the instance reports whether its devices work. */
  readonly writesMetrics: boolean;
}

function statements(scope: Construct, site: TierSiteScope, { files, logGroupArn, writesMetrics }: InstanceRoleProps): Statement[] {
  const { partition } = Stack.of(scope);
  const own = `${site.region}:${site.account}`;
  const repository = site.imageRepository.slice(site.imageRepository.indexOf('/') + 1);
  // PutMetricData does not support resources; the condition restricts it to Diptych's namespace.
  const metrics: Statement = {
    Sid: 'Metrics',
    Action: ['cloudwatch:PutMetricData'],
    Resource: ['*'],
    Condition: { StringEquals: { 'cloudwatch:namespace': metricNamespace } },
  };
  return [
    { Sid: 'Configuration', Action: ['s3:GetObject'], Resource: files.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`) },
    // GetAuthorizationToken does not support resources.
    { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    {
      Sid: 'Image',
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [`arn:${partition}:ecr:${own}:repository/${repository}`],
    },
    { Sid: 'Events', Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: [logGroupArn] },
    {
      Sid: 'Signal',
      Action: ['cloudformation:SignalResource'],
      Resource: [`arn:${partition}:cloudformation:${own}:stack/${site.stack}/*`],
    },
    ...(writesMetrics ? [metrics] : []),
  ];
}

/** Least-privilege role and instance profile of a zone's tier. It does not permit Session Manager: instances are replaced, not repaired. */
export class InstanceRole extends Construct {
  readonly profileArn: string;

  constructor(scope: Construct, id: string, zone: string, site: TierSiteScope, props: InstanceRoleProps) {
    super(scope, id);
    const { partition } = Stack.of(this);
    const { account, permissionsBoundary } = site;
    const role = new CfnRole(this, 'Role', {
      description: `Termination tier of zone ${zone} at site ${site.site}`,
      assumeRolePolicyDocument: assumedBy('ec2.amazonaws.com', account),
      ...(permissionsBoundary && { permissionsBoundary: `arn:${partition}:iam::${account}:policy/${permissionsBoundary}` }),
      policies: [{ policyName: 'tier', policyDocument: policyDocument(statements(this, site, props)) }],
      tags: tagsOf(site, { name: `${zone}-tier`, zone, role: 'tier' }),
    });
    this.profileArn = new CfnInstanceProfile(this, 'Profile', { roles: [role.ref] }).attrArn;
  }
}
