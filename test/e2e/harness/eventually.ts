import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Retries an assertion until it holds, because cluster state is eventually consistent.
 *
 * @throws the last error of the assertion
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
