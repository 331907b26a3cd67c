import { z } from 'zod';
import { estatePlan } from '../plan-schema';
import { estateSpec } from '../spec';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of what a person writes: editors of YAML complete and check by it. */
export function estateJsonSchema(): JsonSchema {
  return z.toJSONSchema(estateSpec, { io: 'input' });
}

/** The JSON Schema of `plan.json`. */
export function planJsonSchema(): JsonSchema {
  return z.toJSONSchema(estatePlan);
}
