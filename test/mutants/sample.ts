import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../../lib/core/order';
import { type Mutation, mutationsOf } from './operators';

/** A mutation with its place. */
export interface Mutant extends Mutation {
  /** Identifies the change and the text of the line, independent of the position of the line in the file. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** The lines of the mutation, without and with it, on one line each. */
  readonly before: string;
  readonly after: string;
}

/** Lists every mutant of the files in an order that depends on the seed. Adding or removing mutants keeps the order of the others. */
export function shuffledMutants(root: string, files: readonly string[], seed: number): Mutant[] {
  const mutants = files.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')));
  const rank = new Map(mutants.map(({ id }) => [id, createHash('sha256').update(`${seed}\n${id}`).digest('hex')]));
  return mutants.toSorted((one, other) => byCodeUnit(rank.get(one.id) ?? '', rank.get(other.id) ?? ''));
}

/** The text of a file with the mutation in it. */
export function mutated(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

function mutantsOf(file: string, source: string): Mutant[] {
  const seen = new Map<string, number>();
  return mutationsOf(file, source).map((mutation) => {
    const from = source.lastIndexOf('\n', mutation.start - 1) + 1;
    const next = source.indexOf('\n', mutation.end);
    const to = next < 0 ? source.length : next;
    const before = oneLine(source.slice(from, to));
    const after = oneLine(source.slice(from, mutation.start) + mutation.replacement + source.slice(mutation.end, to));
    const key = `${file} ${mutation.operator}: ${before} -> ${after}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { ...mutation, id: `${key} #${count}`, file, line: source.slice(0, mutation.start).split('\n').length, before, after };
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
