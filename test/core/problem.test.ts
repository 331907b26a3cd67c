import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem, problem, quote } from '../../lib/core/problem';

describe('a problem', () => {
  it('reads in the one grammar', () => {
    const found = problem('ZON010', 'zones/risk/slot', { cannot: 'take slot 5', as: 'settlement has it', value: 5, fix: 'Write slot: 9.' });
    expect(formatProblem(found)).toBe('zones/risk/slot: Cannot take slot 5 as settlement has it: current value is 5 [ZON010]');
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['a\nb', '"a\\nb"'],
    [() => 1, 'a function'],
    [1n, 'a bigint that JSON cannot hold'],
    ['x'.repeat(200), `"${'x'.repeat(76)}...`],
    ['\u202egnp.exe', '"\\u202egnp.exe"'],
  ])('quotes %s on one line', (value, text) => {
    expect(quote(value)).toBe(text);
  });

  it('never holds a character that moves a cursor, whoever wrote its values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (path, text) => {
        const found = problem('ZON001', path, { cannot: text, as: text, value: text, fix: text });
        expect(`${formatProblem(found)}${found.fix}`).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });
});
