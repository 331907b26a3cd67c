import { statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Problem } from '../../core/problem';
import { loadingProblem } from '../codes';
import { readRegularFile, readStandardInput, whyUnreadable } from './file-text';
import { loadModule } from './module';
import type { Loaded } from './source';
import { readYaml } from './yaml';

/** Name of an estate that is read from standard input, as YAML. */
const standardInput = '-';

/** File that is loaded if the user names a folder. */
export const defaultName = 'estate.yaml';

/**
 * Reads a description from a YAML file, a compiled JavaScript module, a folder that holds `estate.yaml`, or `-` for standard input.
 *
 * @param name - as the user wrote it, relative to `folder`
 */
export async function loadEstate(name: string, folder: string): Promise<Loaded> {
  const path = resolve(folder, name);
  let file = name === standardInput ? 'stdin' : path;
  try {
    if (name === standardInput) return loadYaml('stdin', 'stdin', readStandardInput());
    if (statSync(path).isDirectory()) file = join(path, defaultName);
    return await loadFile(name, file);
  } catch (error) {
    const reason = whyUnreadable(error);
    if (reason === undefined) throw error;
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { problems: [missing ? nothingThere(name, file === path) : { ...unread(name, reason), place: { file, line: 1 } }] };
  }
}

async function loadFile(name: string, file: string): Promise<Loaded> {
  switch (extname(file)) {
    case '.yaml':
    case '.yml':
      return loadYaml(name, file, readRegularFile(file));
    case '.js':
    case '.cjs':
    case '.mjs':
      // Refuses a pipe or a device before Node waits for it.
      readRegularFile(file);
      return loadModule(name, file);
    default:
      return { problems: [{ ...unknownKind(name, extname(file)), place: { file, line: 1 } }] };
  }
}

function loadYaml(name: string, file: string, bytes: Uint8Array): Loaded {
  const text = textOf(bytes);
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

export const forms = 'a YAML file, a compiled JavaScript module or a folder that contains estate.yaml';

function nothingThere(name: string, isFile: boolean): Problem {
  return loadingProblem('EST001', name, {
    wrong: isFile ? 'there is no file or folder with this name' : `the folder does not contain ${defaultName}`,
    rule: `the estate must be ${forms}`,
    fix: 'Correct the name, or write a first estate with `npx diptych init`.',
  });
}

/** Builds the problem of a file that cannot be read. */
export function unread(name: string, reason: string): Problem {
  return loadingProblem('EST006', name, {
    wrong: `the file cannot be read because ${reason}`,
    rule: 'it must be a regular file of at most 16 MiB that you have permission to read',
    fix: 'Name another file, or change the permissions of this one.',
  });
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
