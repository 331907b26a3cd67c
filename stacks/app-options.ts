import type { AppProps } from 'aws-cdk-lib/core';
import { STACK_RESOURCE_LIMIT_CONTEXT } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** Context of every CDK app of Diptych. Disables settings that make templates depend on the machine, or that slow down synthesis without use. */
const context: Readonly<Record<string, unknown>> = {
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:disable-logicalId-metadata': true,
  'aws:cdk:enable-asset-metadata': false,
  'aws:cdk:enable-path-metadata': false,
  'aws:cdk:version-reporting': false,
  // Diptych checks the number of resources itself and reports it with code QUO012.
  [STACK_RESOURCE_LIMIT_CONTEXT]: '0',
};

/**
 * Returns options of a CDK app whose templates are the same on every machine.
 *
 * @param outdir folder of the assembly
 * @default outdir - the folder set by the CDK CLI, or `cdk.out`
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
