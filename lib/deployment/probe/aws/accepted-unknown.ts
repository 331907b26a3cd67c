import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '../../../core/refusal';
import { systemReason } from '../../../core/system-error';
import { deploymentProblem } from '../../codes';

/** Types, or types with a property such as `AWS::EC2::VPC.EnableDnsSupport`, for which the verdict `unknown` is accepted. */
export type AcceptedUnknowns = ReadonlySet<string>;

/**
 * Reads the file that `--accept-unknown` names.
 *
 * @throws {Refusal} DEP012 if the file cannot be read or is not a JSON list of strings
 */
export function readAcceptedUnknowns(file: string | undefined): AcceptedUnknowns {
  if (file === undefined) return new Set();
  try {
    return new Set(z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    throw new Refusal('refused', [
      deploymentProblem('DEP012', file, {
        wrong: wrongWith(error),
        rule: '--accept-unknown must name a JSON file with a list of types',
        fix: 'Write a JSON list of types, such as ["AWS::EC2::TransitGatewayAttachment"].',
      }),
    ]);
  }
}

function wrongWith(error: unknown): string {
  if (error instanceof z.ZodError) return 'the file contains JSON other than a list of strings';
  return error instanceof SyntaxError ? 'the file is not valid JSON' : `the file cannot be read (${systemReason(error)})`;
}

/** Returns true if the type itself, or every unknown attribute of it, is accepted. */
export function isUnknownAccepted(accepted: AcceptedUnknowns, type: string, attributes: readonly string[]): boolean {
  if (accepted.has(type)) return true;
  return (
    attributes.length > 0 && attributes.every((attribute) => pathAndAncestors(attribute).some((part) => accepted.has(`${type}.${part}`)))
  );
}

/** Returns the path and its ancestors: `A.B.C`, `A.B` and `A`. Indexes of list elements are dropped. */
function pathAndAncestors(attribute: string): string[] {
  const parts = attribute.replace(/\[[^\]]*\]/g, '').split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
