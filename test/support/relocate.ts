/** Where the parts of an emitted configuration stand while a test runs it. */
export interface Relocation {
  /** Folder that stands for the root of the container's file system. */
  readonly root: string;
  /** Port of the loopback for a port of a `bind` line. */
  port(emitted: number): number;
  /** Port of the loopback on which the stand-in for the servers of a backend listens. */
  serverPort(backend: string): number;
}

/**
 * An emitted configuration, moved to where an unprivileged test can run it.
 *
 * Exactly three things are rewritten: the two folders of the container, the addresses of `bind` lines, and the addresses of `server` lines.
 * Everything that has a meaning for TLS stays as it was emitted.
 */
export function relocate(text: string, { root, port, serverPort }: Relocation): string {
  let section = '';
  return text
    .split('\n')
    .map((line) => {
      section = /^backend (\S+)/.exec(line)?.[1] ?? section;
      return line
        .replaceAll(/(?<=\s)\/(?=(?:etc|run)\/diptych\/)/g, `${root}/`)
        .replace(/^( +bind )\*:(\d+)/, (_, head: string, emitted: string) => `${head}127.0.0.1:${port(Number(emitted))}`)
        .replace(/^( +server \S+) \S+:\d+/, (_, head: string) => `${head} 127.0.0.1:${serverPort(section)}`);
    })
    .join('\n');
}
