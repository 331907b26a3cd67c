import { existsSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Place } from '../../core/problem';
import { readRegularFile } from './file-text';

/** Translates a position in a compiled file to the file that the user wrote; returns it unchanged if there is no valid source map. */
export function writtenPlace(place: Place): Place {
  try {
    const entry = sourceMapOf(place.file)?.findEntry(place.line - 1, (place.column ?? 1) - 1);
    if (!entry || !('originalSource' in entry)) return place;
    return { file: resolve(dirname(place.file), entry.originalSource), line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  } catch {
    // The map is written by another tool, and only decides which of two positions is shown.
    return place;
  }
}

function sourceMapOf(file: string): SourceMap | undefined {
  if (!existsSync(file)) return undefined;
  const url = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readRegularFile(file).toString('utf8'))?.[1];
  const text = url && mapText(url, dirname(file));
  return text ? new SourceMap(JSON.parse(text) as SourceMapPayload) : undefined;
}

function mapText(url: string, folder: string): string | undefined {
  const inline = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/.exec(url)?.[1];
  if (inline) return Buffer.from(inline, 'base64').toString('utf8');
  const path = join(folder, decodeURIComponent(url));
  return existsSync(path) ? readRegularFile(path).toString('utf8') : undefined;
}
