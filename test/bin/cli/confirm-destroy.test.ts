import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirmDestroy } from '../../../bin/cli/confirm-destroy';
import { exitCode } from '../../../bin/cli/exit-code';
import { reportRefusals } from '../../../bin/cli/refusals';

/** Answers the question, and returns the exit code and the output. */
async function answered(type: (input: PassThrough) => void): Promise<{ code: number; shown: string }> {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const ended = reportRefusals(async () => ((await confirmDestroy('acme', { input, output })) ? exitCode.ok : exitCode.usage), false);
  type(input);
  const code = await ended;
  return { code, shown: String(output.read()) };
}

describe('confirmDestroy', () => {
  it('confirmDestroy accepts the name of the estate', async () => {
    const { code, shown } = await answered((input) => input.write('acme\n'));
    expect([code, shown.includes('Type acme to confirm: '), shown.includes('nothing')]).toEqual([exitCode.ok, true, false]);
  });

  it.each([
    ['another name', (input: PassThrough) => input.write('acne\n')],
    ['yes', (input: PassThrough) => input.write('yes\n')],
    ['Ctrl-D', (input: PassThrough) => input.write('\u0004')],
    ['the end of the input', (input: PassThrough) => input.end()],
  ])('confirmDestroy rejects %s and says that nothing was destroyed', async (_what, type) => {
    const { code, shown } = await answered(type);
    expect([code, shown.includes('nothing was destroyed: the answer was not "acme"')]).toEqual([exitCode.usage, true]);
  });

  it.each([
    ['Ctrl-C as a key', (input: PassThrough) => input.write('\u0003')],
    ['a signal', () => process.emit('SIGTERM', 'SIGTERM')],
  ])('confirmDestroy is cancelled by %s and says that nothing was destroyed', async (_what, type) => {
    const { code, shown } = await answered(type);
    expect([code, shown.includes('nothing was destroyed\n')]).toEqual([exitCode.findings, true]);
  });
});
