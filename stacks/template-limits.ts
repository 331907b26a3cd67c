import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib/core';
import type { Problem } from '../lib/core/problem';
import { quotaProblem } from '../lib/estate/quota-codes';

/**
 * Limits of CloudFormation for one template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const templateLimits = { resources: 500, bytes: 1_000_000 } as const;

/** Size of the template of one stack. */
export interface TemplateSize {
  readonly stack: string;
  readonly resources: number;
  readonly bytes: number;
}

/** Returns the sizes of the templates of stacks after synthesis. */
export function templateSizes(stacks: readonly Stack[], assembly: string): TemplateSize[] {
  return stacks.map((stack) => ({
    stack: stack.stackName,
    resources: stack.node.findAll().filter(CfnResource.isCfnResource).length,
    bytes: statSync(join(assembly, stack.templateFile)).size,
  }));
}

/** Reports every template that exceeds a limit of CloudFormation. */
export function templateProblems(sizes: readonly TemplateSize[], limits: { resources: number; bytes: number } = templateLimits): Problem[] {
  const refused = (stack: string, unit: string, value: number, most: number): Problem[] =>
    value <= most
      ? []
      : [
          quotaProblem('QUO012', `stacks/${stack}`, {
            wrong: `the template has ${value} ${unit}`,
            rule: `a CloudFormation template must have at most ${most}`,
            fix: 'Join blocks of addresses and endpoints, or spread the zones over more slots.',
          }),
        ];
  return sizes.flatMap(({ stack, resources, bytes }) => [
    ...refused(stack, 'resources', resources, limits.resources),
    ...refused(stack, 'bytes', bytes, limits.bytes),
  ]);
}
