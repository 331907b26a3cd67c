import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../../bin/cli/exit-code';
import { unlessRefused } from '../../../bin/cli/refusals';
import { cancellable } from '../../../bin/cli/signals';

describe('Ctrl-C before anything is changed', () => {
  it.each([
    ['while something waits', (signal: AbortSignal) => sleep(60_000, undefined, { signal })],
    ['between two steps', (signal: AbortSignal) => sleep(10).then(() => signal.throwIfAborted())],
  ])('%s ends the command as cancelled, not as a failure of Diptych', async (_when, work) => {
    const ended = unlessRefused(async () => {
      await cancellable(({ signal }) => work(signal));
      return exitCode.ok;
    });
    process.emit('SIGINT', 'SIGINT');
    expect(await ended).toBe(exitCode.findings);
  });

  it('hides no failure that has another cause', async () => {
    const failed = unlessRefused(() => cancellable(() => Promise.reject(new Error('a defect'))));
    await expect(failed).rejects.toThrow('a defect');
  });
});
