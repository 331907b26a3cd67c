import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib/core';
import { type Problem, problem } from '../lib/core/problem';

/**
 * What CloudFormation takes of one template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const templateLimits = { resources: 500, bytes: 1_000_000 } as const;

/** How large a stack's template has become. */
export interface TemplateSize {
  readonly stack: string;
  readonly resources: number;
  readonly bytes: number;
}

/** The sizes of stacks' templates, once they are written. */
export function templateSizes(stacks: readonly Stack[], assembly: string): TemplateSize[] {
  return stacks.map((stack) => ({
    stack: stack.stackName,
    resources: stack.node.findAll().filter(CfnResource.isCfnResource).length,
    bytes: statSync(join(assembly, stack.templateFile)).size,
  }));
}

/** Every template that CloudFormation would refuse for its size. */
export function templateProblems(sizes: readonly TemplateSize[], limits: { resources: number; bytes: number } = templateLimits): Problem[] {
  const refused = (stack: string, unit: string, value: number, most: number): Problem[] =>
    value <= most
      ? []
      : [
          problem('QUO012', `stacks/${stack}`, {
            cannot: 'deploy the template',
            as: `CloudFormation takes at most ${most} ${unit}`,
            value,
            fix: 'Join blocks of addresses and endpoints, or spread the zones over more slots.',
          }),
        ];
  return sizes.flatMap(({ stack, resources, bytes }) => [
    ...refused(stack, 'resources a stack', resources, limits.resources),
    ...refused(stack, 'bytes a template', bytes, limits.bytes),
  ]);
}
