import { DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib/core';

/** Name of the bucket that holds a stack's assets: the one that the account was bootstrapped with. */
export function assetBucket(stack: Stack): string {
  const { synthesizer, account, region } = stack;
  const qualifier = synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-${account}-${region}`;
}
