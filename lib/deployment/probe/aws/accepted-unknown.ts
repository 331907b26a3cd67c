import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { problem } from '../../../core/problem';
import { Refusal } from '../../../core/refusal';
import { systemReason } from '../../../core/system-error';

/** Types, or types with a property such as `AWS::EC2::VPC.EnableDnsSupport`, of which nothing need be known. */
export type Accepted = ReadonlySet<string>;

/**
 * Reads a JSON file with a list of what may be unknown.
 *
 * @throws {Refusal} DEP012 where it is none
 */
export function readAccepted(file: string | undefined): Accepted {
  if (file === undefined) return new Set();
  try {
    return new Set(z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    const fix = 'Write a JSON list of types, such as ["AWS::EC2::TransitGatewayAttachment"].';
    const value = error instanceof z.ZodError ? 'JSON of another shape' : (systemReason(error) ?? (error as Error).message.split('\n')[0]);
    throw new Refusal('refused', [
      problem('DEP012', file, { cannot: 'read what may be unknown', as: 'it must be a JSON list of texts', value, fix }),
    ]);
  }
}

/** Whether everything that is unknown of a thing may be. */
export function mayBeUnknown(accepted: Accepted, type: string, attributes: readonly string[]): boolean {
  if (accepted.has(type)) return true;
  return attributes.length > 0 && attributes.every((attribute) => within(attribute).some((part) => accepted.has(`${type}.${part}`)));
}

/** `A.B.C`, `A.B` and `A`; elements of lists stand for the list. */
function within(attribute: string): string[] {
  const parts = attribute.replace(/\[[^\]]*\]/g, '').split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
