import generated from './field-table.generated.json';

/** How a value of Terraform becomes the value of a field. */
export type Conversion = 'string' | 'number' | 'boolean' | 'int-or-string' | 'strings' | 'numbers' | 'map';

/** Name of the field, how its value is converted, and of a block its type. */
export type Field = readonly [name: string, conversion: Conversion] | readonly [name: string, conversion: 'block' | 'blocks', type: string];

/** How each attribute of the Terraform provider maps to a field of Kubernetes. */
export interface FieldTable {
  /** Keyed by resource type. */
  readonly kinds: Readonly<
    Record<string, { readonly kind: string; readonly apiVersion: string; readonly type: string; readonly namespaced: boolean }>
  >;
  /** Keyed by type, then by attribute or block. */
  readonly types: Readonly<Record<string, Readonly<Record<string, Field>>>>;
}

/**
 * Generated from the models of Kubernetes' published client and from the provider's bindings; `npm run schema` writes it anew.
 *
 * JSON has no tuples, so that its inferred type cannot be narrowed to this one.
 */
export const fieldTable = generated as unknown as FieldTable;
