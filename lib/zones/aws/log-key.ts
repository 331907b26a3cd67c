import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { keep, policyDocument, type TaggedSite, tagsOf } from '../../core/aws';

/** The key that encrypts a site's log groups: usable by CloudWatch Logs for groups whose names start with the site's, and for nothing else. */
export function logKey(scope: Construct, id: string, tagged: TaggedSite): CfnKey {
  const { account, region, partition } = Stack.of(scope);
  const groups = `arn:${partition}:logs:${region}:${account}:log-group:${tagged.site}-*`;
  // Log groups outlive the site, and without the key nobody could read them.
  return keep(
    new CfnKey(scope, id, {
      description: `Log groups of site ${tagged.site}`,
      enableKeyRotation: true,
      keyPolicy: policyDocument([
        // In a key's own policy * is that key; without this statement nobody could ever manage it again.
        { Sid: 'Administration', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: ['kms:*'], Resource: ['*'] },
        {
          Sid: 'LogGroups',
          Principal: { Service: `logs.${region}.amazonaws.com` },
          Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
          Resource: ['*'],
          Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
        },
      ]),
      tags: tagsOf(tagged, { name: 'logs' }),
    }),
  );
}
