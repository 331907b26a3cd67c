import { dirname, posix } from 'node:path';
import type { Room } from './room';
import { rooms } from './rooms';

/** Folders whose every subfolder needs a row in the table. */
export const walled = ['lib', 'bin', 'stacks', 'policies'] as const;

/** One entry of `overrides` in `biome.json`. */
export interface Override {
  readonly includes: readonly string[];
  readonly linter: { readonly rules: { readonly style: object } };
}

/** True if a row of the table is about one file instead of a folder. */
export function isFile(room: string): boolean {
  return room.endsWith('.ts');
}

/** The folder of a room: for a file the one in which it is. */
export function folderOf(room: string): string {
  return isFile(room) ? dirname(room) : room;
}

/** How a file of one room writes the import of a module, such as `../core/problem`. */
export function specifier(from: string, module: string): string {
  const path = posix.relative(folderOf(from), module);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Biome's overrides, generated from the table: every import is refused that its room's row does not name. */
export function overrides(): Override[] {
  const noRow = 'this folder needs a row in test/boundaries/rooms.ts; then run npm run boundaries';
  const folders = Object.keys(rooms).filter((room) => !isFile(room));
  const files = Object.keys(rooms).filter(isFile);
  return [
    override(
      walled.map((folder) => `${folder}/**`),
      ['**'],
      noRow,
    ),
    ...folders.map((room) => override([`${room}/*`], allowList(room), why(room))),
    ...files.map((room) => override([room], allowList(room), why(room))),
  ];
}

function allowList(room: string): string[] {
  const { imports, packages } = row(room);
  const folders = [...(isFile(room) ? [] : [room]), ...imports.filter((one) => !isFile(one))];
  const allowed = folders.map((folder) => `!${specifier(room, `${folder}/*`)}`);
  const elsewhere = Object.keys(rooms).filter((one) => isFile(one) && folders.includes(folderOf(one)) && !imports.includes(one));
  const single = imports.filter((one) => isFile(one) && !folders.includes(folderOf(one)));
  return [
    '**',
    ...allowed,
    ...elsewhere.flatMap((file) => spellings(room, file)),
    ...single.flatMap((file) => spellings(room, file).map((name) => `!${name}`)),
    ...packages.map((name) => `!${name}`),
  ];
}

/** A file as an import names it: a dynamic import adds the extension of the compiled file. */
function spellings(room: string, file: string): string[] {
  const name = specifier(room, file).replace(/\.ts$/, '');
  return [name, `${name}.js`];
}

function row(room: string): Room {
  const found = rooms[room];
  if (!found) throw new Error(`${room} has no row in the table`);
  return found;
}

function why(room: string): string {
  return `${room} does not import this: ${row(room).why} (test/boundaries/rooms.ts)`;
}

function override(includes: readonly string[], group: readonly string[], message: string): Override {
  const noRestrictedImports = { level: 'error', options: { patterns: [{ group, message }] } };
  return { includes, linter: { rules: { style: { noCommonJs: 'error', noRestrictedImports } } } };
}
