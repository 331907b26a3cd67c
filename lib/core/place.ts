import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './problem';

/** Folder of this package, whose stack frames are skipped. */
const library = dirname(__dirname) + sep;

/**
 * Returns the position in the user's code from which this package was called.
 *
 * Positions are those of the compiled file. `lib/estate/load/source-map.ts` translates them to the source when they are shown.
 *
 * @param instance object under construction; constructors of its subclasses are skipped, so that the position is that of `new`
 */
export function callerPlace(instance?: object): Place | undefined {
  const classes = new Set(instance ? classNames(instance) : []);
  const prepare = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_error, sites) => sites;
    const holder: { stack?: NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, callerPlace);
    const sites = holder.stack ?? [];
    return sites
      .filter((site) => !(site.isConstructor() && classes.has(site.getFunctionName() ?? '')))
      .map(placeOf)
      .find((place) => place !== undefined);
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

function classNames(instance: object): string[] {
  const prototype: object | null = Object.getPrototypeOf(instance);
  return prototype === null ? [] : [prototype.constructor.name, ...classNames(prototype)];
}

function placeOf(site: NodeJS.CallSite): Place | undefined {
  const name = site.getFileName();
  const line = site.getLineNumber();
  if (!name || line === null || name.startsWith('node:')) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return file.startsWith(library) ? undefined : { file, line, column: site.getColumnNumber() ?? undefined };
}
