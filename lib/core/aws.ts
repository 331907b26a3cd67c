import { CfnDeletionPolicy, type CfnResource, type CfnTag } from 'aws-cdk-lib/core';
import { sortedEntries } from './order';

/** Tags, policies and settings that AWS resources of several domains share. */

/** Keys of the tags by which Diptych finds the site, zone and role of a resource. */
export const tagKeys = { site: 'diptych:site', zone: 'diptych:zone', role: 'diptych:role' } as const;

/** Values of the tags of one resource. */
export interface TagValues {
  readonly name: string;
  readonly zone?: string;
  readonly role?: string;
}

/** The tags that all resources of a site have. */
export interface TaggedSite {
  readonly site: string;
  readonly mandatoryTags: Readonly<Record<string, string>>;
}

/** Returns the tags of a resource, sorted by key. Tags of Diptych override mandatory tags with the same key. */
export function tagsOf({ site, mandatoryTags }: TaggedSite, { name, zone, role }: TagValues): CfnTag[] {
  const own = {
    Name: `${site}-${name}`,
    [tagKeys.site]: site,
    ...(zone !== undefined && { [tagKeys.zone]: zone }),
    ...(role !== undefined && { [tagKeys.role]: role }),
  };
  return sortedEntries({ ...mandatoryTags, ...own }).map(([key, value]) => ({ key, value }));
}

/** Statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: object;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** Returns an IAM policy document. */
export function policyDocument(statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) };
}

/** Returns the trust policy that allows one AWS service to assume a role, for resources of one account only. */
export function assumedBy(service: string, account: string): object {
  const condition = service.startsWith('ec2.') ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account } } };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...condition }],
  };
}

/** Retention of log groups in days: thirteen months, so that a month can be compared with the same month a year earlier. */
export const logRetentionDays = 400;

/** Retains a resource when its stack is deleted or the resource is replaced. */
export function keep<T extends CfnResource>(resource: T): T {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  return resource;
}
