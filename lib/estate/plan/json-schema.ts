import { z } from 'zod';
import { estatePlan } from '../plan-schema';
import { estateSpec } from '../spec';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Returns the JSON Schema of a description, with which editors complete and validate YAML. */
export function estateJsonSchema(): JsonSchema {
  return z.toJSONSchema(estateSpec, { io: 'input' });
}

/** Returns the JSON Schema of `plan.json`. */
export function planJsonSchema(): JsonSchema {
  return z.toJSONSchema(estatePlan);
}
