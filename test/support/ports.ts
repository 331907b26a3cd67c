import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports per test worker, below the kernel's ephemeral range, so that the kernel assigns none of them before use. */
const perWorker = 1_000;
const first = 10_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 20) * perWorker;

/** Random start, so that concurrent runs on one machine are unlikely to collide. */
let next = Math.floor(Math.random() * perWorker);

/** Finds loopback ports without a listener, and does not return the same port again soon. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried++) {
    if (tried >= perWorker)
      throw new Error(`${count} free ports are needed, but all ports from ${first} to ${first + perWorker} are taken`);
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
