/** Folders and ports of an emitted configuration while a test runs it. */
export interface Relocation {
  /** Folder that replaces the root of the container's file system. */
  readonly root: string;
  /** Loopback port for a port of a `bind` line. */
  port(emitted: number): number;
  /** Loopback port of the stand-in for the servers of a backend. */
  serverPort(backend: string): number;
}

/**
 * Rewrites an emitted configuration so that an unprivileged test can run it.
 *
 * It changes the two folders of the container, the addresses of `bind` lines and the addresses of `server` lines, and nothing that
 * concerns TLS.
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
        .replace(/^( +bind "\$\{\w+\}:)(\d+)"/, (_, head: string, emitted: string) => `${head}${port(Number(emitted))}"`)
        .replace(/^( +server \S+) \S+:\d+/, (_, head: string) => `${head} 127.0.0.1:${serverPort(section)}`);
    })
    .join('\n');
}
