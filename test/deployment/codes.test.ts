import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { deploymentCodes } from '../../lib/deployment/codes';

const code = /\bDEP\d{3}\b/g;

/** The codes in the values of a test file: neither in its comments nor in the names of its tests, which assert nothing. */
function codesExpected(file: string, source: string): string[] {
  const names = new Set<number>();
  const found: string[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [name] }) {
      const of = callee.type === 'CallExpression' && callee.callee.type === 'MemberExpression' ? callee.callee.object : callee;
      if (name && of.type === 'Identifier' && /^(describe|it|test)$/.test(of.name)) names.add(name.start);
    },
    Literal({ start, raw }) {
      if (!names.has(start)) found.push(...(raw?.match(code) ?? []));
    },
    TemplateElement({ value: { raw } }) {
      found.push(...(raw.match(code) ?? []));
    },
  }).visit(parseSync(file, source).program);
  return found;
}

test('every code of deployment is expected by an assertion of a test', () => {
  const folders = ['deployment', 'bin', 'artifacts', 'process', 'handshake'].map((folder) => join(__dirname, '..', folder));
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const tests = files.filter((file) => file.endsWith('.test.ts') && file !== __filename);
  const expected = new Set(tests.flatMap((file) => codesExpected(file, readFileSync(file, 'utf8'))));
  expect(Object.keys(deploymentCodes).filter((one) => !expected.has(one))).toEqual([]);
});

test('a code in a comment or in the name of a test is not expected by it', () => {
  const expects = "expect(run).toThrow('DEP001');";
  expect(codesExpected('example.test.ts', `// DEP002\nit('raises DEP003', () => { ${expects} });`)).toEqual(['DEP001']);
  expect(codesExpected('example.test.ts', `it.each([['a', 'DEP004']])('%s raises DEP005', () => { ${expects} });`)).toEqual([
    'DEP004',
    'DEP001',
  ]);
});
