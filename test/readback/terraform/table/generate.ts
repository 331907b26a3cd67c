import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byCodeUnit } from '../../../../lib/core/order';
import type { Conversion, Field, FieldTable } from '../../../../lib/readback/terraform/field-table';
import { type Block, bindingOf } from './binding';
import { fieldsOf, kinds, type ModelField } from './models';

/** Attributes that control Terraform and are not part of the object. */
const steering = /^(?:id|timeouts|wait_.*)$/;

const scalars: Readonly<Record<string, Conversion>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  IntOrString: 'int-or-string',
  'Array<string>': 'strings',
  'Array<number>': 'numbers',
  '{ [key: string]: string; }': 'map',
};

const normalized = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The field that an attribute or block represents. The provider uses the singular for lists. */
function fieldFor(name: string, fields: readonly ModelField[]): ModelField | undefined {
  const candidates = [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')].map(normalized);
  return candidates.flatMap((candidate) => fields.find((field) => normalized(field.name) === candidate) ?? [])[0];
}

class Generator {
  readonly types = new Map<string, Map<string, Field>>();
  readonly unplaced: string[] = [];

  place(block: Block, type: string, path: string): void {
    const fields = fieldsOf(type) ?? [];
    const known = this.types.get(type) ?? new Map<string, Field>();
    this.types.set(type, known);
    for (const name of block.attributes.keys()) {
      const field = fieldFor(name, fields);
      const conversion = field && scalars[field.type];
      if (field && conversion) known.set(name, [field.name, conversion]);
      else this.unplaced.push(`${path}.${name}`);
    }
    for (const [name, nested] of block.blocks) this.placeBlock(name, nested.block, fields, known, `${path}.${name}`);
  }

  private placeBlock(name: string, block: Block, fields: readonly ModelField[], known: Map<string, Field>, path: string): void {
    const field = fieldFor(name, fields);
    const [, element] = /^Array<(\w+)>$/.exec(field?.type ?? '') ?? [];
    const type = element ?? field?.type ?? '';
    if (!field || !fieldsOf(type)) {
      this.unplaced.push(path);
      return;
    }
    known.set(name, [field.name, element ? 'blocks' : 'block', type]);
    this.place(block, type, path);
  }
}

function withoutSteering({ attributes, blocks }: Block): Block {
  const kept = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([name]) => !steering.test(name)));
  return { attributes: kept(attributes), blocks: kept(blocks) };
}

/** Types of the provider that represent a Kubernetes kind, without Secrets, because artifacts must not contain their data. */
function resourceTypes(): string[] {
  const library = join(dirname(require.resolve('@cdktf/provider-kubernetes/package.json')), 'lib');
  return readdirSync(library)
    .filter((folder) => /^(?!data-|secret-).*-v\d$/.test(folder))
    .map((folder) => `kubernetes_${folder.replaceAll('-', '_')}`)
    .sort(byCodeUnit);
}

const sorted = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([one], [other]) => byCodeUnit(one, other)));

/** Maps every attribute of the provider to a Kubernetes field, and lists the attributes without a field. */
export function generateTable(): { table: FieldTable; unplaced: string[] } {
  const generator = new Generator();
  const found = resourceTypes().flatMap((resource) => {
    const [, name = '', version = ''] = /^kubernetes_(\w+)_(v\d)$/.exec(resource) ?? [];
    const kind = kinds.get(`${version}${name.replaceAll('_', '')}`);
    const block = bindingOf(resource);
    if (!kind || !block) return [];
    generator.place(withoutSteering(block), kind.type, resource);
    return [[resource, kind] as const];
  });
  const types = sorted([...generator.types].map(([type, fields]) => [type, sorted(fields)] as const));
  return { table: { kinds: sorted(found), types }, unplaced: [...new Set(generator.unplaced)] };
}
