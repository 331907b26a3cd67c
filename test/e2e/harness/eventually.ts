import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until an assertion holds, as everything in a cluster becomes true a little later.
 * @throws what the assertion last threw
 */
export async function eventually<T>(seconds: number, assertion: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}
