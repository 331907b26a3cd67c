import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem, problemOf, quote } from '../../lib/core/problem';

const text = { title: 'Title', explanation: 'Explanation.', fix: 'Fix.' };
const problem = problemOf({ ZON001: text, ZON010: text });

/** Any text, in which lone surrogates and control characters are as likely as ordinary ones. */
const anyText = fc
  .array(fc.oneof(fc.integer({ max: 0x9f, min: 0 }), fc.integer({ max: 0x2100, min: 0x2000 }), fc.integer({ max: 0x10_ff_ff, min: 0 })))
  .map((points) => String.fromCodePoint(...points));

describe('a formatted problem', () => {
  it('states the path, what is wrong, the rule, the value and the code, in this order', () => {
    const wrong = { wrong: 'zone orders already uses this slot', rule: 'every zone must have a slot of its own', fix: 'Write slot: 9.' };
    const statement = 'zones/risk/slot: zone orders already uses this slot; every zone must have a slot of its own';
    expect(formatProblem(problem('ZON010', 'zones/risk/slot', { ...wrong, got: 5 }))).toBe(`${statement}: got 5 [ZON010]`);
    expect(formatProblem(problem('ZON010', 'zones/risk/slot', wrong))).toBe(`${statement} [ZON010]`);
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
  ])('shows the value %s as %s, on one line', (value, text) => {
    expect(quote(value)).toBe(text);
  });

  it('contains no control character, whatever its path, texts and value contain', () => {
    fc.assert(
      fc.property(anyText, anyText, (path, text) => {
        const found = problem('ZON001', path, { wrong: text, rule: text, got: text, fix: text });
        expect(`${formatProblem(found)}${found.fix}`).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });
});
