import { join } from 'node:path';
import { run } from './process';
import { toolchain } from './toolchain';

/** Number of arguments of each keyword of `bind` and `server` lines. */
export type Keywords = Readonly<Record<'bind' | 'server', ReadonlyMap<string, number>>>;

/** Asks HAProxy for its keywords of `bind` and `server` lines. */
export async function keywords(): Promise<Keywords> {
  const { haproxy, env } = await toolchain();
  const { stdout } = await run([haproxy, '-dKcfg', '-q', '-c', '-f', join('/', 'dev', 'null')], { env });
  const found = { bind: new Map<string, number>(), server: new Map<string, number>() };
  for (const [, kind, name, words] of stdout.matchAll(/^\t(bind|server) (?:<\w+> )+(?:ssl )?(\S+)(?: \+(\d+))?$/gm)) {
    found[kind as 'bind' | 'server'].set(name ?? '', Number(words ?? 0));
  }
  // HAProxy lists the keywords that may follow `ssl` on a `bind` line, but not `ssl` itself.
  found.bind.set('ssl', 0);
  return found;
}

/** Splits a line into directives: each keyword with its arguments. */
export function directivesOf(line: string, known: ReadonlyMap<string, number>): string[] {
  const words = line.trim().split(' ');
  const directives: string[] = [];
  for (let index = 0; index < words.length; ) {
    const keyword = words[index] ?? '';
    const length = 1 + (known.get(keyword) ?? 0);
    if (known.has(keyword)) directives.push(words.slice(index, index + length).join(' '));
    index += length;
  }
  return directives;
}

/** A configuration with one directive removed. */
export interface Mutant {
  /** Section and text of the removed directive. */
  readonly name: string;
  /** Endpoint of the removed directive, if it belongs to one. */
  readonly endpoint?: string;
  readonly configuration: string;
}

const isServerLine = (line: string) => /^ {4}(default-server|server) /.test(line);
const isTlsRule = (line: string) => /^ {4}(tcp-request content|ssl-|tune\.ssl\.)/.test(line);

/**
 * Creates every mutant of a configuration that lacks one TLS directive.
 *
 * @param plain - the same configuration with plain-text servers; directives in it do not belong to TLS
 */
export function mutants(configuration: string, plain: string, known: Keywords): Mutant[] {
  const lines = configuration.split('\n');
  const plainDirectives = new Set(plain.split('\n').flatMap((line) => (isServerLine(line) ? directivesOf(line, known.server) : [])));
  let section = '';
  return lines.flatMap((line, index) => {
    section = /^\S+( \S+)?/.exec(line)?.[0] ?? section;
    const endpoint = section.split(' ')[1];
    const without = (text: string): Mutant => ({
      name: `${section}: ${text.trim()}`,
      endpoint,
      configuration: lines.with(index, line === text ? '' : line.replace(` ${text}`, '')).join('\n'),
    });
    if (isTlsRule(line)) return [without(line)];
    if (line.startsWith('    bind ') && line.includes(' ssl ')) return directivesOf(line, known.bind).map(without);
    if (!isServerLine(line)) return [];
    return directivesOf(line, known.server)
      .filter((directive) => !plainDirectives.has(directive))
      .map(without);
  });
}
