import { expect, test } from 'vitest';
import { mutationsOf } from './operators';
import { mutated } from './sample';

/** The texts that a source becomes. */
function mutantsOf(source: string, file = 'lib/example.ts'): string[] {
  return mutationsOf(file, source).map((mutation) => mutated(source, mutation));
}

test('Conditions are forced both ways and comparisons lose their boundary', () => {
  expect(mutantsOf('if (a < b) f();')).toEqual(
    expect.arrayContaining(['if (true) f();', 'if (false) f();', 'if (a <= b) f();', 'if (a >= b) f();', 'if (a < b) ;']),
  );
});

test('An await is dropped, and so is the whole call', () => {
  expect(mutantsOf('await stop();')).toEqual(expect.arrayContaining(['stop();', ';']));
});

test('Properties, spreads and elements are dropped one at a time', () => {
  expect(mutantsOf('f({ a, ...b }, [c, d]);')).toEqual(
    expect.arrayContaining(['f({  ...b }, [c, d]);', 'f({ a,  }, [c, d]);', 'f({ a, ...b }, [ d]);', 'f({ a, ...b }, [c, ]);']),
  );
});

test('Effects of a policy swap and other values become empty', () => {
  expect(mutantsOf("f('Deny', 'sts');")).toEqual(expect.arrayContaining(["f('Allow', 'sts');", "f('Deny', '');"]));
});

test('A limit grows tenfold and a small number by one', () => {
  expect(mutantsOf('f(4, 30);')).toEqual(expect.arrayContaining(['f(5, 30);', 'f(4, 300);']));
});

test.each([
  [
    'the statement of a problem',
    "p('X', { wrong: n > 1 ? 'b' : 'c', fix: 'Write it.' });",
    "{ wrong: n > 1 ? 'b' : 'c', fix: 'Write it.' }",
  ],
  ['the text of an error', "const e = new TypeError('broken');", "'broken'"],
  ['a line of a log', "console.log('x', 1);", "'x', 1"],
  ['a type', "type A = 'x' | 'y'; const b = 1 as A;", "'x' | 'y'"],
  ['an import', "import { a } from './a';", "'./a'"],
])('%s is no subject of mutation', (_, source, kept) => {
  for (const mutant of mutantsOf(source).filter((each) => !/^;|p\('X', \);$/.test(each))) expect(mutant).toContain(kept);
});

test('A catalogue of codes has no mutants', () => {
  expect(mutantsOf("export const codes = { ZON001: { title: 'x' } };", 'lib/zones/codes.ts')).toEqual([]);
});
