import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../../bin/cli/exit-code';
import { reportRefusals } from '../../../bin/cli/refusals';
import { cancellable } from '../../../bin/cli/signals';

describe('cancellable', () => {
  it.each([
    ['during a wait', (signal: AbortSignal) => sleep(60_000, undefined, { signal })],
    ['between two steps', (signal: AbortSignal) => sleep(10).then(() => signal.throwIfAborted())],
  ])('Ctrl-C %s is reported as a cancellation and not as an internal error', async (_when, work) => {
    const ended = reportRefusals(async () => {
      await cancellable(({ signal }) => work(signal));
      return exitCode.ok;
    });
    process.emit('SIGINT', 'SIGINT');
    expect(await ended).toBe(exitCode.findings);
  });

  it('cancellable passes on an error that is not a cancellation', async () => {
    const failed = reportRefusals(() => cancellable(() => Promise.reject(new Error('a defect'))));
    await expect(failed).rejects.toThrow('a defect');
  });
});
