import { dirname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DescriptionError, oneLine, type Problem, UsageError } from '../../core/problem';
import { loadingCodes, loadingProblem, shapeCodes } from '../codes';
import { Estate } from '../estate';
import type { Loaded } from './source';
import { writtenPlace } from './source-map';

/** Folder of this package, whose stack frames are skipped. */
const library = dirname(dirname(__dirname)) + sep;

type Exports = Readonly<Record<string, unknown>>;

/** Loads the estate that a compiled module exports under any name, or that its default function returns. */
export async function loadModule(name: string, file: string): Promise<Loaded> {
  try {
    const estates = [...new Set(await estatesOf((await import(pathToFileURL(file).href)) as Exports))];
    const [estate] = estates;
    if (!estate || estates.length > 1) return { problems: [{ ...notOne(name, estates.length), place: { file, line: 1 } }] };
    const raw: unknown = estate.toSpec();
    return { source: { raw, placeOf: (path) => writtenPlaceOf(estate.placeOf(path)) }, problems: [] };
  } catch (error) {
    return { problems: problemsOf(error, name).map((found) => ({ ...found, place: writtenPlaceOf(found.place) })) };
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
  const found = loadingProblem('EST008', name, {
    wrong: 'the module threw an error while it was loaded',
    rule: 'a module must load without an error',
    fix: 'Correct the module. To see the whole error, run the module with `node`.',
  });
  return [{ ...found, got: oneLine(reason), place: placeOfError(error) }];
}

function misuse({ code, path, message }: UsageError): Problem {
  return {
    code,
    path,
    message: message.slice(message.indexOf(': ') + 2).replace(/ \[[A-Z]{3}\d{3}\]$/, ''),
    fix: { ...loadingCodes, ...shapeCodes }[code]?.fix ?? 'Correct the module.',
  };
}

function notOne(name: string, count: number): Problem {
  return loadingProblem('EST012', name, {
    wrong: count === 0 ? 'the module does not export an estate' : `the module exports ${count} estates`,
    rule: 'a module must export one Estate, or a default function that returns one',
    fix: 'Write `export default` before the estate.',
  });
}

function writtenPlaceOf(place: Problem['place']): Problem['place'] {
  return place && writtenPlace(place);
}

/** Position of the first stack frame of an error outside this package. */
function placeOfError(error: unknown): Problem['place'] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = [...stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+):(\d+)(?::(\d+))?/g)];
  const frame = frames.find(([, file]) => !file?.startsWith(library));
  return frame?.[1] ? { file: frame[1], line: Number(frame[2]), column: frame[3] === undefined ? undefined : Number(frame[3]) } : undefined;
}
