import { dirname, join, sep } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DescriptionError, type Place, type Problem, UsageError } from '../../core/problem';
import { describeThrown, stackOf } from '../../core/thrown';
import { loadingCodes, loadingProblem, shapeCodes } from '../codes';
import { Estate } from '../estate';
import { inModule, type ModuleScope } from './module-scope';
import type { Loaded } from './source';
import { writtenPlace } from './source-map';

/** Folders of this package, whose stack frames are skipped. */
const library = ['lib', 'bin', 'stacks'].map((folder) => join(dirname(dirname(dirname(__dirname))), folder) + sep);

type Exports = Readonly<Record<string, unknown>>;

/** Seconds that a module may take to load. */
const loadSeconds = 60;

/** Loads the estate that a compiled module exports under any name, or that its default function returns. */
export async function loadModule(name: string, file: string, limitSeconds = loadSeconds): Promise<Loaded> {
  const found = (error: unknown) => problemsOf(error, name, file).map((one) => ({ ...one, place: writtenPlaceOf(one.place) }));
  const scope: ModuleScope = {
    unfinished: {
      ...unfinished(name, 'the module ended the process, or waits for something that never happens'),
      place: { file, line: 1 },
    },
    problemsOf: (error) => (isOfModule(error) ? found(error) : undefined),
  };
  try {
    const timeout = sleep(limitSeconds * 1_000, undefined, { ref: false });
    return await Promise.race([inModule(scope, () => sourceOf(name, file)), timeout.then(() => tooSlow(name, file, limitSeconds))]);
  } catch (error) {
    return { problems: found(error) };
  }
}

async function sourceOf(name: string, file: string): Promise<Loaded> {
  const estates = [...new Set(await estatesOf((await import(pathToFileURL(file).href)) as Exports))];
  const [estate] = estates;
  if (!estate || estates.length > 1) return { problems: [{ ...notOne(name, estates.length), place: { file, line: 1 } }] };
  const raw: unknown = estate.toSpec();
  // Errors of promises and timers of the module arise before the description is used.
  for (let turn = 0; turn < 3; turn++) await nextTurn();
  return { source: { raw, placeOf: (path) => writtenPlaceOf(estate.placeOf(path)) }, problems: [] };
}

async function estatesOf(exports: Exports): Promise<Estate[]> {
  const interop = exports.default;
  const nested = typeof interop === 'object' && interop !== null && !Estate.isEstate(interop) ? Object.values(interop) : [];
  const values = [...Object.values(exports), ...nested];
  const makers = [interop, (interop as Exports | undefined)?.default].filter((value) => typeof value === 'function');
  const made: unknown[] = await Promise.all(makers.map((make) => (make as () => unknown)()));
  return [...values, ...made].filter(Estate.isEstate);
}

function problemsOf(error: unknown, name: string, file: string): readonly Problem[] {
  if (error instanceof DescriptionError) return error.problems;
  const place = placesOf(error)[0] ?? { file, line: 1 };
  if (error instanceof UsageError) return [{ ...misuse(error), place }];
  const found = loadingProblem('EST008', name, {
    wrong: 'the module threw an error while it was loaded',
    rule: 'a module must load without an error',
    fix: 'Correct the module. To see the whole error, run the module with `node`.',
  });
  return [{ ...found, got: describeThrown(error), place }];
}

function unfinished(name: string, wrong: string): Problem {
  return loadingProblem('EST013', name, {
    wrong,
    rule: 'a module must load to its end and leave the process running',
    fix: 'Remove calls of process.exit from the module, and let each promise that it awaits settle.',
  });
}

function tooSlow(name: string, file: string, seconds: number): Loaded {
  const wrong = `the module did not finish loading within ${seconds} s`;
  return { problems: [{ ...unfinished(name, wrong), place: { file, line: 1 } }] };
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

/** True if the code of a module may have thrown an error: the stack contains a file outside this package, or nothing that can be told. */
function isOfModule(error: unknown): boolean {
  const places = placesOf(error);
  return places.length === 0 || places.some(({ file }) => !file.includes(`${sep}node_modules${sep}`));
}

/** A line of a stack trace with a position in a file, or the first line of a syntax error. */
const frame = /^(?:\s+at (?:.*\()?)?((?:file:\/\/)?\/.*?):(\d+)(?::(\d+))?\)?$/gm;

/** Positions of the stack frames of an error outside this package, innermost first. */
function placesOf(error: unknown): Place[] {
  const places = [...stackOf(error).matchAll(frame)].map(([, file = '', line, column]): Place => {
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    return { file: path, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
  });
  return places.filter(({ file }) => !library.some((folder) => file.startsWith(folder)));
}
