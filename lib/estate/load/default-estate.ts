import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Place, Problem } from '../../core/problem';
import { loadingProblem } from '../codes';
import { readRegularFile, whyUnreadable } from './file-text';
import { defaultName, forms, unread } from './load';

/** Key in the context of `cdk.json` whose value is the path of the estate. */
export const contextKey = 'diptych:estate';

const settingsName = 'cdk.json';

/**
 * Returns the path of the estate that `cdk.json` of a folder names, else `estate.yaml` if the folder contains it, else the path that the
 * nearest `cdk.json` of the folders around it names.
 *
 * The path is relative to the folder.
 */
export function defaultEstate(folder: string): { name?: string; problems: readonly Problem[] } {
  const [inner, isThere] = [existsSync(join(folder, settingsName)), existsSync(join(folder, defaultName))];
  if (!inner && isThere) return { name: defaultName, problems: [] };
  const holder = folderOfSettings(folder);
  let named: unknown;
  try {
    const text = holder === undefined ? '{}' : readRegularFile(join(holder, settingsName)).toString('utf8');
    named = (JSON.parse(text) as { context?: Record<string, unknown> } | null)?.context?.[contextKey];
  } catch (error) {
    return { problems: [unreadSettings(error, holder ?? folder)] };
  }
  if (typeof named === 'string') return { name: relative(folder, resolve(holder ?? folder, named)) || '.', problems: [] };
  return named === undefined && isThere ? { name: defaultName, problems: [] } : { problems: [notNamed(named)] };
}

/** Returns the nearest folder that contains `cdk.json`, as Git finds the folder of a repository. */
function folderOfSettings(folder: string): string | undefined {
  if (existsSync(join(folder, settingsName))) return folder;
  const outer = dirname(folder);
  return outer === folder ? undefined : folderOfSettings(outer);
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

function unreadSettings(error: unknown, folder: string): Problem {
  const reason = whyUnreadable(error);
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
  const lines = readRegularFile(file).toString('utf8').slice(0, offset).split('\n');
  return { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
