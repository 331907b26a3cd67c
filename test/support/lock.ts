import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** True if the process that holds a lock has ended without releasing it. */
async function isAbandoned(lock: string): Promise<boolean> {
  const holder = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => ''));
  if (!holder) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch {
    return true;
  }
}

async function take(lock: string): Promise<void> {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    const failure = await mkdir(lock).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    );
    if (failure === undefined) break;
    if (failure.code !== 'EEXIST') throw failure;
    if (await isAbandoned(lock)) await rm(lock, { recursive: true, force: true });
    await delay(100);
  }
  await writeFile(join(lock, 'pid'), String(process.pid));
}

/** Runs an action while no other process on the machine holds the lock, which is a folder. */
export async function locked<T>(lock: string, action: () => Promise<T>): Promise<T> {
  await take(lock);
  try {
    return await action();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
