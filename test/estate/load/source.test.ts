import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem, type Problem, problemOf } from '../../../lib/core/problem';
import { resolveEstate } from '../../../lib/estate/load/resolve';
import { locateProblems } from '../../../lib/estate/load/source';
import { readYaml } from '../../../lib/estate/load/yaml';
import { parseEstate } from '../../../lib/estate/parse/parse';

const problem = problemOf({ SPC002: { title: 'Title', explanation: 'Explanation.', fix: 'Fix.' } });

/** Reads one value from YAML and reports it as wrong. */
function shown(typed: string): string | undefined {
  const { source } = readYaml(`estate: x\nvalue: ${typed}\nlast: y\n`, 'estate.yaml');
  if (!source) throw new Error(`not YAML: ${typed}`);
  const { value } = source.raw as { value: unknown };
  const [found] = locateProblems(
    [problem('SPC002', 'value', { wrong: 'it is wrong', rule: 'it must be right', got: value, fix: 'x.' })],
    source,
  );
  expect(formatProblem(found as Problem)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  return found?.got;
}

describe('the value that a problem shows', () => {
  it.each([
    ['a number with a decimal zero', '3.0', '3.0'],
    ['a number with a leading zero', '011122223333', '011122223333'],
    ['a hexadecimal number', '0x10', '0x10'],
    ['a number in quotes', '"08"', '"08"'],
    ['a string in single quotes', "'it''s'", "'it''s'"],
    ['a string without quotes', 'high', 'high'],
    ['a value before a comment', '3.0 # the branch', '3.0'],
    ['an empty value', '', 'nothing'],
    ['a list in brackets', '[3.0, 08]', '[3.0, 08]'],
    ['a list with an alias', '[&a 3.0, *a]', '[&a 3.0, *a]'],
    ['an escape sequence', '"a\\nb"', '"a\\nb"'],
    ['a terminal escape, as text', '"a\u001b[31m"', '"a\\u001b[31m"'],
    ['a bidirectional mark, as text', 'a\u202eb', 'a\\u202eb'],
    ['a string of several lines, on one line', '|\n  a\n  b\n', '"a\\nb\\n"'],
    ['a long string, cut to 80 characters', 'x'.repeat(200), `${'x'.repeat(77)}...`],
  ])('a problem shows %s', (_what, typed, text) => {
    expect(shown(typed)).toBe(text);
  });

  it('a number with a leading zero is one problem where text is wanted, and one where a number is wanted', () => {
    const text = readFileSync(join(__dirname, '../../../examples/meridian/estate.yaml'), 'utf8');
    const problemsOf = (edited: string) => {
      const { source } = readYaml(edited, 'estate.yaml');
      return source && resolveEstate(source).problems.map(({ code, got }) => [code, got]);
    };
    expect(problemsOf(text.replace('port: 7443', 'port: 07443'))).toEqual([['EST019', undefined]]);
    expect(problemsOf(text.replace(/account: "\d+"/, 'account: 011122223333'))).toEqual([['SPC002', '011122223333']]);
  });

  it('an alias is shown as the value that it refers to', () => {
    const { source } = readYaml('first: &a 3.0\nvalue: *a\n', 'estate.yaml');
    expect(source?.typedAt?.('value')).toEqual([
      { value: 3, text: '3.0' },
      { value: 'value', text: 'value' },
    ]);
  });

  it('a wrong key is shown as it was typed', () => {
    const { source } = readYaml("estate: x\nsites: {}\nzones: { 'Risk': {} }\n", 'estate.yaml');
    if (!source) throw new Error('not YAML');
    const found = locateProblems(parseEstate(source.raw).problems, source).find(({ code }) => code === 'SPC008');
    expect(found).toMatchObject({ path: 'zones/Risk', got: "'Risk'" });
  });

  it('a value that a check computed is shown unchanged', () => {
    const { source } = readYaml('value: 3.0\n', 'estate.yaml');
    if (!source) throw new Error('not YAML');
    const found = problem('SPC002', 'value', { wrong: 'it is wrong', rule: 'it must be right', got: 4, fix: 'x.' });
    expect(locateProblems([found], source)).toMatchObject([{ got: '4', place: { line: 1 } }]);
  });

  it('a value of an estate made of constructs is shown as JSON', () => {
    const found = problem('SPC002', 'value', { wrong: 'it is wrong', rule: 'it must be right', got: '08', fix: 'x.' });
    expect(locateProblems([found], { raw: {}, placeOf: () => undefined })).toMatchObject([{ got: '"08"' }]);
  });
});
