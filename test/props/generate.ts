import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { z } from 'zod';
import { estateSpec } from '../../lib/estate/spec';

/** Folder of `lib` whose `props.ts` contains the interface of each schema. No construct takes the schema of the whole description. */
export const domains: Readonly<Record<string, readonly string[]>> = {
  tls: ['Haproxy', 'Profile', 'Calibration'],
  zones: ['Zone', 'Endpoint', 'Backend', 'PerExternalAddress', 'LatencyBudget', 'Flow', 'ZoneAtSite', 'External', 'Link'],
  estate: ['OnPremSite', 'OnPremHardware', 'PlatformFlow', 'CloudSite', 'CloudPlatformFlow'],
};

type Schema = JSONSchema & { $defs: Record<string, JSONSchema> };

const banner = '/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */\n';

/** Names of all schemas except that of the whole description. */
export function schemaNames(): string[] {
  return Object.keys(schemas()).filter((name) => name !== 'Estate');
}

function schemas(): Record<string, JSONSchema> {
  return (z.toJSONSchema(estateSpec, { io: 'input' }) as Schema).$defs;
}

/** Text of the `props.ts` of a domain: an interface for each schema, with descriptions and defaults. */
export async function generateProps(domain: string): Promise<string> {
  const own = domains[domain] ?? [];
  const all = schemas();
  const foreign = schemaNames().filter((name) => !own.includes(name));
  const root = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(own.map((name) => [name, { $ref: `#/$defs/${name}` }])),
    $defs: Object.fromEntries(own.map((name) => [name, { ...documented(all[name] ?? {}, own), title: `${name}Props` }])),
  } as JSONSchema;
  const text = await compile(root, 'Root', {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 140 },
  });
  const body = readonly(withoutRoot(text));
  const imports = foreign.filter((name) => new RegExp(`\\b${name}Props\\b`).test(body)).map(importOf);
  return formatted([banner, ...imports, body].join('\n'), `lib/${domain}/props.ts`);
}

function importOf(name: string): string {
  const domain = Object.keys(domains).find((folder) => domains[folder]?.includes(name));
  return `import type { ${name}Props } from '../${domain}/props';`;
}

/** Adds the defaults of a schema to its descriptions, so that the interface shows them. */
function documented(schema: JSONSchema, own: readonly string[]): JSONSchema {
  if (schema.$ref) return reference(schema.$ref, own);
  if (schema.prefixItems) return documented(tuple(schema), own);
  const children = Object.entries((schema.properties ?? {}) as Record<string, JSONSchema>);
  const properties = Object.fromEntries(children.map(([key, child]) => [key, documented(child, own)]));
  return { ...schema, ...described(schema), ...(schema.properties ? { properties } : {}) };
}

/** Converts a reference; interfaces of other domains are imported by name. */
function reference($ref: string, own: readonly string[]): JSONSchema {
  const name = $ref.slice($ref.lastIndexOf('/') + 1);
  return own.includes(name) ? { $ref } : { tsType: `${name}Props` };
}

/** Converts a tuple to the JSON Schema draft that the generator supports. */
function tuple({ prefixItems, ...rest }: JSONSchema): JSONSchema {
  return { ...rest, items: prefixItems, additionalItems: false };
}

function described({ description, default: value }: JSONSchema): { description?: string } {
  const [text, behaviour] = (description ?? '').split(' Default: ');
  const fallback = behaviour ? `- ${behaviour}` : value === undefined ? undefined : JSON.stringify(value);
  return fallback ? { description: `${text}\n\n@default ${fallback}` } : {};
}

function withoutRoot(text: string): string {
  return text.replace(/export interface Root \{[\s\S]*?\n\}\n/, '');
}

function readonly(text: string): string {
  return text
    .replace(/^( +)((?:'[^']+'|\w+)\??:)(?=\s)/gm, '$1readonly $2')
    .replace(/\[k: string\]/g, 'readonly [key: string]')
    .replace(/: ((?:\w+|\(.*\))\[\];)$/gm, ': readonly $1');
}

function formatted(text: string, path: string): string {
  const root = join(__dirname, '../..');
  return execFileSync(join(root, 'node_modules/.bin/biome'), ['format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
}
