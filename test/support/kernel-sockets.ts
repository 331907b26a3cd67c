import { readFile } from 'node:fs/promises';

const established = '01';
const keepAliveTimer = '02';
const hundredths = 100;

/**
 * Reads the seconds until the Linux kernel's next keep-alive probe of each open TCP connection with a local or remote port.
 *
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
export async function keepAliveSeconds(end: 'local' | 'remote', port: number): Promise<number[]> {
  const lines = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, local = '', remote = '', state, , timer = ''] = line.trim().split(/\s+/);
    const [kind, expires = ''] = timer.split(':');
    const at = Number.parseInt((end === 'local' ? local : remote).split(':')[1] ?? '', 16);
    return at === port && state === established && kind === keepAliveTimer ? [Number.parseInt(expires, 16) / hundredths] : [];
  });
}
