import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { keep, policyDocument, type TaggedSite, tagsOf } from '../../core/aws';

/** KMS key of a site's log groups. Only CloudWatch Logs may use it, for log groups whose name starts with the id of the site. */
export function logKey(scope: Construct, id: string, tagged: TaggedSite): CfnKey {
  const { account, region, partition } = Stack.of(scope);
  const groups = `arn:${partition}:logs:${region}:${account}:log-group:${tagged.site}-*`;
  // Retained, because the log groups are retained and cannot be read without the key.
  return keep(
    new CfnKey(scope, id, {
      description: `Log groups of site ${tagged.site}`,
      enableKeyRotation: true,
      keyPolicy: policyDocument([
        // In a key policy, the resource * is the key itself. Without this statement the key could not be managed.
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
