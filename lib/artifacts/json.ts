import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Problem } from '../core/problem';
import { systemReason } from '../core/system-error';
import { artifactProblem } from './codes';

/** Content of an artifact file, or the problem with reading it. */
export type Read<T> = { readonly data: T } | { readonly problem: Problem };

/**
 * Reads a JSON file of the artifacts and checks its shape.
 *
 * @param path name of the file in messages
 * @returns the problem ART008 if the file cannot be read, is not JSON or does not match the schema
 */
export function readJson<T>(file: string, path: string, schema: z.ZodType<T>): Read<T> {
  const read = readAnyJson(file, path);
  if ('problem' in read) return read;
  const { success, data, error } = schema.safeParse(read.data);
  if (success) return { data };
  const at = error.issues[0]?.path.join('/') ?? '';
  return { problem: unreadable(path, `its content at ${at === '' ? 'the top' : at} is not what a synthesis writes`) };
}

/** Reads a JSON file of the artifacts without checking its shape. */
export function readAnyJson(file: string, path: string): Read<unknown> {
  try {
    return { data: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { problem: unreadable(path, systemReason(error) ?? 'it is not JSON') };
  }
}

function unreadable(path: string, why: string): Problem {
  return artifactProblem('ART008', path, {
    wrong: `the file cannot be read: ${why}`,
    rule: 'artifacts must be as a synthesis wrote them',
    fix: 'Run npx diptych synth again.',
  });
}
