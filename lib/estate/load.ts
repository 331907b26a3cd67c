import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { type Problem, problem } from '../core/problem';
import { loadModule } from './load-module';
import type { PlaceOf } from './places';
import { readYaml } from './yaml';

/** A description as it was read, before it is parsed. */
export interface EstateSource {
  readonly raw: unknown;
  readonly placeOf: PlaceOf;
}

/** What loading comes to: a source, or why there is none. */
export interface Loaded {
  readonly source?: EstateSource;
  readonly problems: readonly Problem[];
}

/** Key of the context of `cdk.json` that names the estate. */
export const contextKey = 'diptych:estate';

/**
 * Reads a description from a YAML file, a compiled JavaScript module, or a folder that holds `estate.yaml`.
 *
 * @param name - as the user wrote it, relative to `folder`
 */
export async function loadEstate(name: string, folder: string): Promise<Loaded> {
  const path = resolve(folder, name);
  const file = isFolder(path) ? join(path, 'estate.yaml') : path;
  if (!existsSync(file)) return { problems: [nothingThere(name, file === path)] };
  switch (extname(file)) {
    case '.yaml':
    case '.yml':
      return loadYaml(name, file);
    case '.js':
    case '.cjs':
    case '.mjs':
      return loadModule(name, file);
    default:
      return { problems: [{ ...unknownKind(name, extname(file)), place: { file, line: 1 } }] };
  }
}

/** The estate that the context of a folder's `cdk.json` names. */
export function defaultEstate(folder: string): { name?: string; problems: readonly Problem[] } {
  const file = join(folder, 'cdk.json');
  if (!existsSync(file)) return { problems: [notNamed()] };
  try {
    const name: unknown = (JSON.parse(readFileSync(file, 'utf8')) as { context?: Record<string, unknown> }).context?.[contextKey];
    return typeof name === 'string' ? { name, problems: [] } : { problems: [notNamed()] };
  } catch (error) {
    return { problems: [brokenSettings((error as Error).message)] };
  }
}

function loadYaml(name: string, file: string): Loaded {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    return { problems: [{ ...unreadable(name, (error as Error).message), place: { file, line: 1 } }] };
  }
  const { description, problems } = readYaml(text, file);
  return { source: description, problems: problems.map((found) => ({ ...found, path: name })) };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function nothingThere(name: string, isFile: boolean): Problem {
  const as = isFile ? 'no file has this name' : 'the folder holds no estate.yaml';
  return problem('EST001', name, {
    cannot: 'load the estate',
    as,
    value: name,
    fix: 'Name a YAML file, a compiled JavaScript module or a folder that holds estate.yaml.',
  });
}

function notNamed(): Problem {
  return problem('EST001', 'cdk.json', {
    cannot: 'load the estate',
    as: `the command names none, nor does the context ${contextKey} of cdk.json`,
    value: undefined,
    fix: `Name it, or add "context": { "${contextKey}": "estate.yaml" } to cdk.json.`,
  });
}

function brokenSettings(reason: string): Problem {
  return problem('EST006', 'cdk.json', {
    cannot: 'read cdk.json',
    as: 'it must be JSON',
    value: reason,
    fix: 'Mend cdk.json, or name the estate on the command line.',
  });
}

function unreadable(name: string, reason: string): Problem {
  return problem('EST006', name, {
    cannot: 'read the file',
    as: 'it must be a readable text in UTF-8',
    value: reason,
    fix: 'Save the file in UTF-8, readable by you.',
  });
}

function unknownKind(name: string, extension: string): Problem {
  const typescript = ['.ts', '.mts', '.cts'].includes(extension);
  return problem('EST007', name, {
    cannot: 'load the estate',
    as: 'it must be YAML (.yaml, .yml) or compiled JavaScript (.js, .cjs, .mjs)',
    value: extension,
    fix: typescript
      ? 'Compile it with tsc and name the JavaScript file.'
      : 'Name a YAML file, a compiled JavaScript module or a folder that holds estate.yaml.',
  });
}
