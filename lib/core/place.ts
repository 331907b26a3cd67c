import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './problem';

/** Folder of the library: frames in it are ours, never the author's. */
const library = dirname(__dirname) + sep;

/**
 * Where the author's code stands that called into the library: the first frame outside of it.
 * Of a compiled file it is the compiled place; `lib/estate/load/source-map.ts` finds the written one when it has to be shown.
 *
 * @param instance - what is being constructed: the constructors of a firm's own subclasses are passed over, for the question is who said `new`
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
