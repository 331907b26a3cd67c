import { CfnDeletionPolicy, type CfnResource, type CfnTag } from 'aws-cdk-lib/core';
import { sortedEntries } from './order';

/** Small shapes that every resource of the AWS half shares. */

/** Tags of Diptych's own, by which a resource is known to belong to a zone: readers of templates join on them. */
export const tagKeys = { site: 'diptych:site', zone: 'diptych:zone', role: 'diptych:role' } as const;

/** What a resource is, for its tags. */
export interface Marks {
  readonly name: string;
  readonly zone?: string;
  readonly role?: string;
}

/** The part of a site that decides its resources' tags. */
export interface TaggedSite {
  readonly site: string;
  readonly mandatoryTags: Readonly<Record<string, string>>;
}

/** The tags of a resource, sorted by key; Diptych's own win over mandatory ones of the same key. */
export function tagsOf({ site, mandatoryTags }: TaggedSite, { name, zone, role }: Marks): CfnTag[] {
  const own = {
    Name: `${site}-${name}`,
    [tagKeys.site]: site,
    ...(zone !== undefined && { [tagKeys.zone]: zone }),
    ...(role !== undefined && { [tagKeys.role]: role }),
  };
  return sortedEntries({ ...mandatoryTags, ...own }).map(([key, value]) => ({ key, value }));
}

/** One statement of a policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: object;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** A policy document. */
export function policyDocument(statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) };
}

/** The policy that lets one service of AWS take on a role, for this account's resources only. */
export function assumedBy(service: string, account: string): object {
  const condition = service.startsWith('ec2.') ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account } } };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...condition }],
  };
}

/** Days for which a log group keeps what it was given: thirteen months, so that a year can be compared with the one before. */
export const logRetentionDays = 400;

/** Lets a resource outlive its stack. */
export function keep<T extends CfnResource>(resource: T): T {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  return resource;
}
