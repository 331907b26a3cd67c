import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Place, Problem } from '../../core/problem';
import { systemReason } from '../../core/system-error';
import { loadingProblem } from '../codes';
import { loadModule } from './module';
import type { Loaded } from './source';
import { readYaml } from './yaml';

/** Key in the context of `cdk.json` whose value is the path of the estate. */
export const contextKey = 'diptych:estate';

/** File that is loaded if the user names a folder. */
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

/** Returns the path of the estate that `cdk.json` of a folder names, or else `estate.yaml` if the folder contains it. */
export function defaultEstate(folder: string): { name?: string; problems: readonly Problem[] } {
  let named: unknown;
  try {
    const settings = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as { context?: Record<string, unknown> } | null;
    named = settings?.context?.[contextKey];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { problems: [unreadSettings(error, folder)] };
  }
  if (typeof named === 'string') return { name: named, problems: [] };
  return named === undefined && existsSync(join(folder, defaultName))
    ? { name: defaultName, problems: [] }
    : { problems: [notNamed(named)] };
}

function loadYaml(name: string, file: string): Loaded {
  const text = textOf(readFileSync(file));
  if (text === undefined) return { problems: [{ ...notText(name), place: { file, line: 1 } }] };
  const { source, problems } = readYaml(text, file);
  return { source, problems: problems.map((found) => ({ ...found, path: name })) };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const forms = 'a YAML file, a compiled JavaScript module or a folder that contains estate.yaml';

function nothingThere(name: string, isFile: boolean): Problem {
  return loadingProblem('EST001', name, {
    wrong: isFile ? 'there is no file or folder with this name' : `the folder does not contain ${defaultName}`,
    rule: `the estate must be ${forms}`,
    fix: 'Correct the name, or write a first estate with `npx diptych init`.',
  });
}

function notNamed(named: unknown): Problem {
  const wrong =
    named === undefined
      ? `neither the command line nor cdk.json names an estate, and this folder does not contain ${defaultName}`
      : `${contextKey} in the context of cdk.json is not a string`;
  return loadingProblem('EST001', 'cdk.json', {
    wrong,
    rule: `the estate must be ${forms}`,
    got: named,
    fix: `Name the estate, or add "context": { "${contextKey}": "estate.yaml" } to cdk.json.`,
  });
}

function unread(name: string, reason: string): Problem {
  return loadingProblem('EST006', name, {
    wrong: `the file cannot be read because ${reason}`,
    rule: 'it must be a file that you have permission to read',
    fix: 'Change the permissions of the file, or name another file.',
  });
}

function unreadSettings(error: unknown, folder: string): Problem {
  const reason = systemReason(error);
  if (reason !== undefined) return unread('cdk.json', reason);
  const found = loadingProblem('EST006', 'cdk.json', {
    wrong: 'the file is not JSON',
    rule: 'cdk.json must be valid JSON',
    fix: 'Correct cdk.json, or name the estate on the command line.',
  });
  return { ...found, place: placeInJson(error as Error, join(folder, 'cdk.json')) };
}

/** Position of a syntax error in JSON, from the offset in the message of Node; the first line if there is none. */
function placeInJson({ message }: Error, file: string): Place {
  const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
  const lines = readFileSync(file, 'utf8').slice(0, offset).split('\n');
  return { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function notText(name: string): Problem {
  return loadingProblem('EST006', name, {
    wrong: 'the file contains bytes that are not UTF-8',
    rule: 'a description must be text in UTF-8',
    fix: 'Save the file in UTF-8.',
  });
}

function unknownKind(name: string, extension: string): Problem {
  const typescript = ['.ts', '.mts', '.cts'].includes(extension);
  return loadingProblem('EST007', name, {
    wrong: extension === '' ? 'the file has no extension' : `Diptych does not load files with the extension ${extension}`,
    rule: 'an estate must be YAML (.yaml, .yml) or compiled JavaScript (.js, .cjs, .mjs)',
    fix: typescript ? 'Compile it with tsc and name the JavaScript file.' : `Name ${forms}.`,
  });
}
