import type { AppProps } from 'aws-cdk-lib/core';
import { STACK_RESOURCE_LIMIT_CONTEXT } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** Context, beside the behaviour that the CDK recommends, that every App of Diptych sets: what would make output depend on the machine, or cost time and say nothing, is off. */
const context: Readonly<Record<string, unknown>> = {
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:disable-logicalId-metadata': true,
  'aws:cdk:enable-asset-metadata': false,
  'aws:cdk:enable-path-metadata': false,
  'aws:cdk:version-reporting': false,
  // The number of resources is checked with every other limit, under a code of its own.
  [STACK_RESOURCE_LIMIT_CONTEXT]: '0',
};

/**
 * Options of an App whose templates are the same on every machine.
 *
 * @param outdir folder of the assembly
 * @default outdir - what the CDK's command line says, else `cdk.out`
 */
export function appOptions(outdir?: string): AppProps {
  return {
    ...(outdir !== undefined && { outdir }),
    treeMetadata: false,
    analyticsReporting: false,
    stackTraces: false,
    context: { ...recommendedFlags, ...context },
  };
}
