import { estateJsonSchema } from '../../lib/estate/plan/json-schema';

/** The part of JSON Schema that the schema of a description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** An attribute of the description, such as `sites/*[cloud]/quotas/subnetsPerVpc`. */
export interface Attribute {
  /** `*` stands for a key or an index, `[kind]` for the alternative of a union. */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** An object of a description that has an attribute. */
export interface Holder {
  readonly object: Record<string, unknown>;
  readonly key: string;
}

const root = estateJsonSchema() as Schema;

/** Every attribute of the description, each before the attributes inside it. */
export function estateAttributes(): Attribute[] {
  return attributesOf(root, '');
}

const isScalar = (schema: Schema): boolean => !['object', 'array', undefined].includes(schema.type);

/** True if an attribute has a value: a scalar, a union, or a list or map of scalars, but not the constant that distinguishes kinds. */
export function isLeaf({ schema }: Attribute): boolean {
  const { type, items, prefixItems, additionalProperties, oneOf } = schema;
  if (oneOf) return true;
  if (type === 'array') return isScalar(items ?? prefixItems?.[0] ?? {});
  if (type === 'object') return typeof additionalProperties === 'object' && isScalar(additionalProperties);
  return schema.const === undefined;
}

/** Schema that a reference refers to. */
function resolved(schema: Schema): Schema {
  // The only alternative of a union without a discriminator is null.
  const [written = schema] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return written.$ref ? (root.$defs?.[written.$ref.replace('#/$defs/', '')] ?? {}) : written;
}

function attributesOf(reference: Schema, path: string): Attribute[] {
  const schema = resolved(reference);
  const within = path === '' ? '' : `${path}/`;
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => [
      { path: within + name, schema: resolved(child), required: schema.required?.includes(name) ?? false },
      ...attributesOf(child, within + name),
    ]),
    ...(typeof schema.additionalProperties === 'object' ? attributesOf(schema.additionalProperties, `${within}*`) : []),
    ...(schema.items ? attributesOf(schema.items, `${within}*`) : []),
    ...(schema.oneOf ?? []).map(resolved).flatMap((branch) => attributesOf(branch, `${path}[${branch.properties?.kind?.const}]`)),
  ];
}

/** The objects of a description that have the attribute. */
export function holdersOf(value: unknown, path: string): Holder[] {
  const [step = '', ...rest] = path.split('/');
  const { name = '', kind } = /^(?<name>[^[]+)(?:\[(?<kind>.+)\])?$/.exec(step)?.groups ?? {};
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  const keys = Object.keys(object).filter((key) => name === '*' || name === key);
  const ofKind = keys.filter((key) => kind === undefined || (object[key] as { kind?: unknown } | undefined)?.kind === kind);
  return rest.length === 0 ? ofKind.map((key) => ({ object, key })) : ofKind.flatMap((key) => holdersOf(object[key], rest.join('/')));
}
