import type { Statement } from '../../core/aws';
import { metricNamespace } from '../../core/metric-namespace';

/** Which services of AWS an isolated VPC is joined to, and what may be done through each join: no more than tiers need. */

/** What the policies name. */
export interface PolicyTerms {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** The repository of the image, without registry host. */
  readonly repository: string;
}

interface Service {
  /** Last part of the service's name: `com.amazonaws.<region>.<name>`. */
  readonly name: string;
  readonly actions: readonly string[];
  /** The resources as the last parts of their ARNs, behind account and region; all where the service's actions know no resource. */
  readonly resources?: (terms: PolicyTerms) => string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const pullImage: Service['actions'] = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const repository: Service['resources'] = (terms) => [`ecr:${terms.region}:${terms.account}:repository/${terms.repository}`];

/**
 * Each join admits the calls that the tiers' role makes, and nothing where it makes none: those joins stand so that the services'
 * names resolve inside the VPC and their addresses are in the flows, and whatever comes to call them brings a statement for its call.
 */
const services: readonly Service[] = [
  { name: 'acm-pca', actions: [] },
  { name: 'autoscaling', actions: [] },
  {
    name: 'cloudformation',
    actions: ['cloudformation:SignalResource'],
    resources: ({ region, account, site }) => [`cloudformation:${region}:${account}:stack/${site}-tiers-*/*`],
  },
  { name: 'ecr.api', actions: pullImage, resources: repository },
  { name: 'ecr.dkr', actions: pullImage, resources: repository },
  { name: 'kms', actions: [] },
  {
    name: 'logs',
    actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: ({ region, account, site }) => [`logs:${region}:${account}:log-group:${site}-tiers-*`],
  },
  { name: 'monitoring', actions: ['cloudwatch:PutMetricData'], condition: { StringEquals: { 'cloudwatch:namespace': metricNamespace } } },
  { name: 'secretsmanager', actions: [] },
  { name: 'ssm', actions: [] },
  { name: 'ssmmessages', actions: [] },
  { name: 'sts', actions: [] },
];

/** Names of the services that have an interface endpoint, sorted. */
export const interfaceServices: readonly string[] = services.map(({ name }) => name);

function ownPrincipals({ account }: PolicyTerms, further: object = {}): Pick<Statement, 'Principal' | 'Condition'> {
  return { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalAccount': account, ...further } } };
}

/** What may be done through the interface endpoint of a service, by this account's own roles alone. */
export function interfacePolicy(name: string, terms: PolicyTerms): Statement[] {
  const service = services.find((candidate) => candidate.name === name);
  if (!service) throw new RangeError(`no such interface endpoint: ${name}`);
  const { actions, resources, condition } = service;
  if (actions.length === 0) return [{ Sid: 'Nobody', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['*'], Resource: ['*'] }];
  const own: Statement = {
    Sid: 'OwnRoles',
    ...ownPrincipals(terms, condition?.StringEquals),
    Action: actions,
    Resource: resources ? resources(terms).map((resource) => `arn:${terms.partition}:${resource}`) : ['*'],
  };
  // Logging in to the registry knows no resource.
  const login: Statement = { Sid: 'Login', ...ownPrincipals(terms), Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };
  return name === 'ecr.api' ? [login, own] : [own];
}

/**
 * What may be done through the gateway endpoint of S3: read the registry's layers and this site's assets.
 *
 * CloudFormation's response buckets are left out: no wait condition and no custom resource is used.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function storagePolicy(terms: PolicyTerms, assetBucket: string): Statement[] {
  const objects = (bucket: string): string[] => [`arn:${terms.partition}:s3:::${bucket}/*`];
  return [
    // The registry signs these requests as itself, so they cannot be bound to this account.
    {
      Sid: 'ImageLayers',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject'],
      Resource: objects(`prod-${terms.region}-starport-layer-bucket`),
    },
    { Sid: 'Assets', ...ownPrincipals(terms), Action: ['s3:GetObject'], Resource: objects(assetBucket) },
  ];
}
