import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { type Problem, problem } from '../../core/problem';
import { systemReason } from '../../core/system-error';
import { loadModule } from './module';
import type { Loaded } from './source';
import { readYaml } from './yaml';

/** Key of the context of `cdk.json` that names the estate. */
export const contextKey = 'diptych:estate';

/** Name of an estate in a folder. */
const defaultName = 'estate.yaml';

/**
 * Reads a description from a YAML file, a compiled JavaScript module, or a folder that holds `estate.yaml`.
 *
 * @param name - as the user wrote it, relative to `folder`
 */
export async function loadEstate(name: string, folder: string): Promise<Loaded> {
  const path = resolve(folder, name);
  let file = path;
  try {
    if (statSync(path).isDirectory()) file = join(path, defaultName);
    accessSync(file, constants.R_OK);
    return await loadFile(name, file);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { problems: [missing ? nothingThere(name, file === path) : { ...unread(name, reason), place: { file, line: 1 } }] };
  }
}

async function loadFile(name: string, file: string): Promise<Loaded> {
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

/** The estate that the context of a folder's `cdk.json` names, else the one that stands there under its usual name. */
export function defaultEstate(folder: string): { name?: string; problems: readonly Problem[] } {
  let named: unknown;
  try {
    const settings = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as { context?: Record<string, unknown> } | null;
    named = settings?.context?.[contextKey];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { problems: [unreadSettings(error)] };
  }
  if (typeof named === 'string') return { name: named, problems: [] };
  return named === undefined && existsSync(join(folder, defaultName))
    ? { name: defaultName, problems: [] }
    : { problems: [notNamed(named)] };
}

function loadYaml(name: string, file: string): Loaded {
  const text = textOf(readFileSync(file));
  if (text === undefined) return { problems: [{ ...notText(name), place: { file, line: 1 } }] };
  const { description, problems } = readYaml(text, file);
  return { source: description, problems: problems.map((found) => ({ ...found, path: name })) };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function nothingThere(name: string, isFile: boolean): Problem {
  const as = isFile ? 'no file has this name' : `the folder holds no ${defaultName}`;
  return problem('EST001', name, {
    cannot: 'load the estate',
    as,
    value: name,
    fix: 'Name a YAML file, a compiled JavaScript module or a folder that holds estate.yaml.',
  });
}

function notNamed(named: unknown): Problem {
  return problem('EST001', 'cdk.json', {
    cannot: 'load the estate',
    as: `neither the command names one, nor the context ${contextKey} of cdk.json, and there is no ${defaultName} here`,
    value: named,
    fix: `Name it, or add "context": { "${contextKey}": "estate.yaml" } to cdk.json.`,
  });
}

/** What the system refuses to read, for a reason of its own. */
function unread(name: string, reason: string): Problem {
  const fix = 'Make it a file that you may read, or name another.';
  return problem('EST006', name, { cannot: 'read the file', as: 'the system refuses it', value: reason, fix });
}

function unreadSettings(error: unknown): Problem {
  const reason = systemReason(error);
  if (reason !== undefined) return unread('cdk.json', reason);
  const fix = 'Mend cdk.json, or name the estate on the command line.';
  return problem('EST006', 'cdk.json', { cannot: 'read cdk.json', as: 'it must be JSON', value: (error as Error).message, fix });
}

function notText(name: string): Problem {
  const fix = 'Save the file in UTF-8.';
  return problem('EST006', name, { cannot: 'read the file', as: 'it must be text in UTF-8', value: 'other bytes', fix });
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
