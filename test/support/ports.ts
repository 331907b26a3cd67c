import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports of one worker: below those that the kernel gives away by itself, so that nobody is given one before it is used. */
const perWorker = 1_000;
const first = 10_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 20) * perWorker;

/** Another run on the same machine most likely begins elsewhere. */
let next = Math.floor(Math.random() * perWorker);

/** Ports of the loopback interface that nobody listens on, none of them twice in a row. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried++) {
    if (tried >= perWorker) throw new Error(`Cannot find ${count} ports as all from ${first} to ${first + perWorker} are taken`);
    const port = first + (next++ % perWorker);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
