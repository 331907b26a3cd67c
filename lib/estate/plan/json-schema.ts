import { z } from 'zod';
import { estatePlan } from '../plan-schema';
import { estateSpec, extensionKey } from '../spec';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Returns the JSON Schema of a description, with which editors complete and validate YAML. Keys that hold anchors are allowed as well. */
export function estateJsonSchema(): JsonSchema {
  return { ...z.toJSONSchema(estateSpec, { io: 'input' }), patternProperties: { [extensionKey.source]: {} } };
}

/** Returns the JSON Schema of `plan.json`. */
export function planJsonSchema(): JsonSchema {
  return z.toJSONSchema(estatePlan);
}
