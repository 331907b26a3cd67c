import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deploymentCodes } from '../../lib/deployment/codes';

/** Text of all tests below a folder but this one. */
function testsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

test('every code of deployment is raised by a test', () => {
  const tests = ['deployment', 'e2e/deployment'].flatMap((folder) => testsIn(join(__dirname, '..', folder))).join('\n');
  expect(Object.keys(deploymentCodes).filter((code) => !tests.includes(code))).toEqual([]);
});
