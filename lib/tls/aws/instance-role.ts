import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { assumedBy, policyDocument, type Statement, tagsOf } from '../../core/aws';
import { metricNamespace } from '../../core/metric-namespace';
import type { ContentNamedFile } from '../boot/input';
import type { TierSiteScope } from './site-scope';

/** What an instance's role may use. */
export interface InstanceRoleProps {
  readonly files: readonly ContentNamedFile[];
  readonly logGroupArn: string;
  /** Whether the instance says how it does. */
  readonly writesMetrics: boolean;
}

function statements(scope: Construct, site: TierSiteScope, { files, logGroupArn, writesMetrics }: InstanceRoleProps): Statement[] {
  const { partition } = Stack.of(scope);
  const own = `${site.region}:${site.account}`;
  const repository = site.imageRepository.slice(site.imageRepository.indexOf('/') + 1);
  // The action knows no resource; the condition keeps it to our own metrics.
  const metrics: Statement = {
    Sid: 'Metrics',
    Action: ['cloudwatch:PutMetricData'],
    Resource: ['*'],
    Condition: { StringEquals: { 'cloudwatch:namespace': metricNamespace } },
  };
  return [
    { Sid: 'Configuration', Action: ['s3:GetObject'], Resource: files.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`) },
    // Logging in to the registry knows no resource.
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

/** Who an instance of a zone's tier is, and the little that it may do. Nobody can open a session on it: an instance is replaced, not repaired. */
export class InstanceRole extends Construct {
  readonly profileArn: string;

  constructor(scope: Construct, id: string, zone: string, site: TierSiteScope, terms: InstanceRoleProps) {
    super(scope, id);
    const { partition } = Stack.of(this);
    const { account, permissionsBoundary } = site;
    const role = new CfnRole(this, 'Role', {
      description: `Termination tier of zone ${zone} at site ${site.site}`,
      assumeRolePolicyDocument: assumedBy('ec2.amazonaws.com', account),
      ...(permissionsBoundary && { permissionsBoundary: `arn:${partition}:iam::${account}:policy/${permissionsBoundary}` }),
      policies: [{ policyName: 'tier', policyDocument: policyDocument(statements(this, site, terms)) }],
      tags: tagsOf(site, { name: `${zone}-tier`, zone, role: 'tier' }),
    });
    this.profileArn = new CfnInstanceProfile(this, 'Profile', { roles: [role.ref] }).attrArn;
  }
}
