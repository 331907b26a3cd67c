import generated from './field-table.generated.json';

/** Conversion from a Terraform value to the value of a Kubernetes field. */
export type Conversion = 'string' | 'number' | 'boolean' | 'int-or-string' | 'strings' | 'numbers' | 'map';

/** Name of the Kubernetes field, its conversion and, for a block, the type of the block. */
export type Field = readonly [name: string, conversion: Conversion] | readonly [name: string, conversion: 'block' | 'blocks', type: string];

/** Mapping from attributes of the Terraform provider to fields of the Kubernetes API. */
export interface FieldTable {
  /** Keyed by resource type. */
  readonly kinds: Readonly<
    Record<string, { readonly kind: string; readonly apiVersion: string; readonly type: string; readonly namespaced: boolean }>
  >;
  /** Keyed by type, then by attribute or block. */
  readonly types: Readonly<Record<string, Readonly<Record<string, Field>>>>;
}

/**
 * Field table generated from the models of the published Kubernetes client and the bindings of the provider. `npm run schema`
 * regenerates it.
 *
 * The cast is needed because TypeScript infers arrays, not tuples, from JSON.
 */
export const fieldTable = generated as unknown as FieldTable;
