import { type Attribute, type Block, bindingOf, type NestedBlock } from './binding';

/** Meta-arguments of Terraform, which every resource and data source accepts. */
const metaArguments = new Set(['//', 'lifecycle', 'depends_on', 'provider', 'count', 'for_each', 'provisioner', 'connection']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function attributeMisfits(value: unknown, { shape }: Attribute, path: string): string[] {
  const fits = {
    simple: !isObject(value) && !Array.isArray(value),
    list: Array.isArray(value),
    set: Array.isArray(value),
    map: isObject(value),
    any: true,
  };
  return fits[shape] ? [] : [`${path} must be a ${shape}`];
}

function nestedMisfits(value: unknown, { many, block }: NestedBlock, path: string): string[] {
  const items = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && !many && value.length !== 1) return [`${path} must be one block`];
  return items.flatMap((item, index) => (isObject(item) ? blockMisfits(item, block, `${path}[${index}]`) : [`${path} must be a block`]));
}

function blockMisfits(value: Record<string, unknown>, { attributes, blocks }: Block, path: string): string[] {
  const present = Object.entries(value).flatMap(([name, child]) => {
    const attribute = attributes.get(name);
    if (attribute) return attributeMisfits(child, attribute, `${path}.${name}`);
    const nested = blocks.get(name);
    return nested ? nestedMisfits(child, nested, `${path}.${name}`) : [`${path}.${name} is unknown`];
  });
  const required = [...attributes, ...blocks].filter(([, { required }]) => required).map(([name]) => name);
  return [...present, ...required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`)];
}

function sectionMisfits(section: unknown, source: 'resource' | 'data'): string[] {
  return Object.entries((section ?? {}) as Record<string, Record<string, Record<string, unknown>>>).flatMap(([type, resources]) => {
    const block = bindingOf(type, source);
    if (!block) return [`${type} is no ${source} of the provider`];
    return Object.entries(resources).flatMap(([name, value]) =>
      blockMisfits(Object.fromEntries(Object.entries(value).filter(([key]) => !metaArguments.has(key))), block, `${type}.${name}`),
    );
  });
}

/** Everything in a `cdk.tf.json` that is unknown to the types of the provider, or required by them and missing. */
export function misfits(stack: { readonly resource?: unknown; readonly data?: unknown }): string[] {
  return [...sectionMisfits(stack.resource, 'resource'), ...sectionMisfits(stack.data, 'data')];
}
