import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../../../lib/readback/cloudformation/template';

/** Templates of an assembly by stack name. */
export function templates(assembly: string): Map<string, Template> {
  const suffix = '.template.json';
  const files = readdirSync(assembly).filter((file) => file.endsWith(suffix));
  return new Map(files.map((file) => [file.slice(0, -suffix.length), JSON.parse(readFileSync(join(assembly, file), 'utf8')) as Template]));
}
