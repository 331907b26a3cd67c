import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Types of the provider, read from its npm bindings: their `…ToHclTerraform` functions distinguish blocks from attributes. */

/** An attribute: a value, list or map. */
export interface Attribute {
  readonly shape: 'simple' | 'list' | 'set' | 'map' | 'any';
  readonly required: boolean;
}

/** A nested block, which occurs at most once or any number of times. */
export interface NestedBlock {
  readonly many: boolean;
  readonly required: boolean;
  readonly block: Block;
}

export interface Block {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyMap<string, NestedBlock>;
}

const library = join(dirname(require.resolve('@cdktf/provider-kubernetes/package.json')), 'lib');

/** Folder of the binding of a resource type: `kubernetes_config_map_v1` is in `config-map-v1`. */
function folderOf(type: string, source: 'resource' | 'data'): string {
  return join(library, `${source === 'data' ? 'data-kubernetes-' : ''}${type.replace('kubernetes_', '').replaceAll('_', '-')}`);
}

function textOf(folder: string, extension: string): string {
  const folders = [folder, join(folder, 'index-structs')].filter(existsSync);
  const files = folders.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  return files
    .filter((file) => file.endsWith(extension))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

/** Text from the first match of a pattern up to a terminator. */
function between(text: string, from: RegExp, to: string): string | undefined {
  const start = text.search(from);
  return start < 0 ? undefined : text.slice(start, text.indexOf(to, start));
}

const entry = /^\s+"?(\w+)"?: \{\n\s+value: (.*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;

class Binding {
  private readonly known = new Map<string, Block>();

  constructor(
    private readonly code: string,
    private readonly types: string,
  ) {}

  root(): Block {
    const body = between(this.code, /synthesizeHclAttributes\(\) \{/, 'return Object.fromEntries');
    const [, config = ''] = /export interface (\w+Config) extends/.exec(this.types) ?? [];
    return this.block(body ?? '', config);
  }

  private struct(name: string): Block {
    const known = this.known.get(name);
    if (known) return known;
    const body = between(this.code, new RegExp(`function ${name}ToHclTerraform\\(struct\\)`), 'return Object.fromEntries');
    const block = this.block(body ?? '', name.charAt(0).toUpperCase() + name.slice(1));
    this.known.set(name, block);
    return block;
  }

  private block(body: string, typeName: string): Block {
    const declared = between(this.types, new RegExp(`export interface ${typeName}\\b`), '\n}') ?? '';
    const attributes = new Map<string, Attribute>();
    const blocks = new Map<string, NestedBlock>();
    for (const [, name = '', value = '', isBlock, shape] of body.matchAll(entry)) {
      const property = /(?:struct\.|this\._)(\w+)/.exec(value)?.[1] ?? '';
      const required = new RegExp(`readonly ${property}:`).test(declared);
      const struct = /(?<!cdktf\.)\b(\w+)ToHclTerraform\b/.exec(value)?.[1];
      if (isBlock === 'true' && struct) blocks.set(name, { many: value.includes('listMapperHcl'), required, block: this.struct(struct) });
      else attributes.set(name, { shape: shape as Attribute['shape'], required });
    }
    return { attributes, blocks };
  }
}

const cache = new Map<string, Block | undefined>();

/** Attributes and blocks of a type; undefined if the provider has no such type. */
export function bindingOf(type: string, source: 'resource' | 'data' = 'resource'): Block | undefined {
  const folder = folderOf(type, source);
  if (!cache.has(folder)) {
    cache.set(folder, existsSync(folder) ? new Binding(textOf(folder, '.js'), textOf(folder, '.d.ts')).root() : undefined);
  }
  return cache.get(folder);
}
