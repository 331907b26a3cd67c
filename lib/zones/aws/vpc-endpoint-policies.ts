import type { Statement } from '../../core/aws';
import { metricNamespace } from '../../core/labels';
import type { InterfaceService } from '../walls/cloud-segments';

/** VPC endpoint policies, restricted to the API calls that the tiers need. */

/** Values that the policies refer to. */
export interface PolicyTerms {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Image repository without the registry host. */
  readonly repository: string;
}

interface Service {
  readonly actions: readonly string[];
  /** Resources, as ARNs without `arn:<partition>:`; undefined if the actions do not support resource-level permissions. */
  readonly resources?: (terms: PolicyTerms) => string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const pullImage: Service['actions'] = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const repository: Service['resources'] = (terms) => [`ecr:${terms.region}:${terms.account}:repository/${terms.repository}`];

/**
 * Services with an interface endpoint and the API calls of the tiers' role that each allows.
 *
 * An endpoint without actions denies every call. It exists so that the service's name resolves to an address in the VPC.
 */
const services: Readonly<Record<InterfaceService, Service>> = {
  'acm-pca': { actions: [] },
  autoscaling: { actions: [] },
  cloudformation: {
    actions: ['cloudformation:SignalResource'],
    resources: ({ region, account, site }) => [`cloudformation:${region}:${account}:stack/${site}-tiers-*/*`],
  },
  'ecr.api': { actions: pullImage, resources: repository },
  'ecr.dkr': { actions: pullImage, resources: repository },
  kms: { actions: [] },
  logs: {
    actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: ({ region, account, site }) => [`logs:${region}:${account}:log-group:${site}-tiers-*`],
  },
  monitoring: { actions: ['cloudwatch:PutMetricData'], condition: { StringEquals: { 'cloudwatch:namespace': metricNamespace } } },
  secretsmanager: { actions: [] },
  ssm: { actions: [] },
  ssmmessages: { actions: [] },
  sts: { actions: [] },
};

function ownPrincipals({ account }: PolicyTerms, further: object = {}): Pick<Statement, 'Principal' | 'Condition'> {
  return { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalAccount': account, ...further } } };
}

/** Policy of the interface endpoint of a service. Only roles of the site's account may use it. */
export function interfacePolicy(name: InterfaceService, terms: PolicyTerms): Statement[] {
  const { actions, resources, condition } = services[name];
  if (actions.length === 0) return [{ Sid: 'Nobody', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['*'], Resource: ['*'] }];
  const own: Statement = {
    Sid: 'OwnRoles',
    ...ownPrincipals(terms, condition?.StringEquals),
    Action: actions,
    Resource: resources ? resources(terms).map((resource) => `arn:${terms.partition}:${resource}`) : ['*'],
  };
  // ecr:GetAuthorizationToken does not support resource-level permissions.
  const login: Statement = { Sid: 'Login', ...ownPrincipals(terms), Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };
  return name === 'ecr.api' ? [login, own] : [own];
}

/**
 * Policy of the S3 gateway endpoint: read access to image layers and to this site's assets.
 *
 * The response buckets of CloudFormation are not included, because the stacks have no wait condition and no custom resource.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function storagePolicy(terms: PolicyTerms, assetBucket: string): Statement[] {
  const objects = (bucket: string): string[] => [`arn:${terms.partition}:s3:::${bucket}/*`];
  return [
    // ECR signs these requests with its own credentials, so the policy cannot restrict them to this account.
    {
      Sid: 'ImageLayers',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject'],
      Resource: objects(`prod-${terms.region}-starport-layer-bucket`),
    },
    { Sid: 'Assets', ...ownPrincipals(terms), Action: ['s3:GetObject'], Resource: objects(assetBucket) },
  ];
}
