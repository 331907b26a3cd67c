import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './problem';

/** Folder of the library: frames in it are ours, never the author's. */
const library = dirname(__dirname) + sep;

/**
 * Where the author's code stands that called into the library: the first frame outside of it.
 * Of a compiled file it is the compiled place; `lib/estate/source-map.ts` finds the written one when it has to be shown.
 */
export function callerPlace(): Place | undefined {
  const prepare = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_error, sites) => sites;
    const holder: { stack?: NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, callerPlace);
    return holder.stack?.map(placeOf).find((place) => place !== undefined);
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

function placeOf(site: NodeJS.CallSite): Place | undefined {
  const name = site.getFileName();
  const line = site.getLineNumber();
  if (!name || line === null || name.startsWith('node:')) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return file.startsWith(library) ? undefined : { file, line, column: site.getColumnNumber() ?? undefined };
}
