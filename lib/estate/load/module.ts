import { dirname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DescriptionError, type Problem, problem, UsageError } from '../../core/problem';
import { loadingCodes, shapeCodes } from '../codes';
import { Estate } from '../estate';
import type { Loaded } from './source';
import { writtenPlace } from './source-map';

/** Folder of the library: frames in it are ours, never the author's. */
const library = dirname(dirname(__dirname)) + sep;

type Exports = Readonly<Record<string, unknown>>;

/** Loads the estate that a compiled module exports: by itself, by default, by any name, or made by a function exported by default. */
export async function loadModule(name: string, file: string): Promise<Loaded> {
  try {
    const estates = [...new Set(await estatesOf((await import(pathToFileURL(file).href)) as Exports))];
    const [estate] = estates;
    if (!estate || estates.length > 1) return { problems: [{ ...notOne(name, estates.length), place: { file, line: 1 } }] };
    const raw: unknown = estate.toSpec();
    return { source: { raw, placeOf: (path) => written(estate.placeOf(path)) }, problems: [] };
  } catch (error) {
    return { problems: problemsOf(error, name).map((found) => ({ ...found, place: written(found.place) })) };
  }
}

async function estatesOf(exports: Exports): Promise<Estate[]> {
  const interop = exports.default;
  const nested = typeof interop === 'object' && interop !== null && !Estate.isEstate(interop) ? Object.values(interop) : [];
  const values = [...Object.values(exports), ...nested];
  const makers = [interop, (interop as Exports | undefined)?.default].filter((value) => typeof value === 'function');
  const made: unknown[] = await Promise.all(makers.map((make) => (make as () => unknown)()));
  return [...values, ...made].filter(Estate.isEstate);
}

function problemsOf(error: unknown, name: string): readonly Problem[] {
  if (error instanceof DescriptionError) return error.problems;
  if (error instanceof UsageError) return [{ ...misuse(error), place: placeOfError(error) }];
  const reason = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
  const found = problem('EST008', name, {
    cannot: 'run the module',
    as: 'it must load without an error',
    value: reason,
    fix: 'Mend the module; `node` with its name shows where it fails.',
  });
  return [{ ...found, place: placeOfError(error) }];
}

function misuse({ code, path, message }: UsageError): Problem {
  return {
    code,
    path,
    message: message.slice(message.indexOf(': ') + 2).replace(/ \[[A-Z]{3}\d{3}\]$/, ''),
    fix: { ...loadingCodes, ...shapeCodes }[code]?.fix ?? 'Mend the module.',
  };
}

function notOne(name: string, count: number): Problem {
  return problem('EST012', name, {
    cannot: 'load the estate',
    as: 'the module must export one Estate, or a default function that makes it',
    value: `${count} estates`,
    fix: 'Write `export default` before the estate.',
  });
}

function written(place: Problem['place']): Problem['place'] {
  return place && writtenPlace(place);
}

/** The first frame of an error that stands in a file of the author's, not of this package. */
function placeOfError(error: unknown): Problem['place'] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = [...stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+):(\d+)(?::(\d+))?/g)];
  const frame = frames.find(([, file]) => !file?.startsWith(library));
  return frame?.[1] ? { file: frame[1], line: Number(frame[2]), column: frame[3] === undefined ? undefined : Number(frame[3]) } : undefined;
}
