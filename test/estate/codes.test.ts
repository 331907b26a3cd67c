import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../lib/core/problem';
import { loadEstate } from '../../lib/estate/load/load';
import { resolveEstate } from '../../lib/estate/load/resolve';
import { descriptionCodes } from '../../lib/estate/plan/codes';
import { diptychProcess } from '../support/diptych';

const folder = join(__dirname, '../fixtures/problems');
const fixtures = new Map(readdirSync(folder).map((name) => [name.split('.')[0] ?? name, name]));

/** What is wrong with a fixture: a module is run in a process of its own, as users run it. */
async function problemsOf(name: string): Promise<readonly Problem[]> {
  if (extname(name) === '.js')
    return (JSON.parse(diptychProcess(['check', join(folder, name), '--json']).stdout) as { problems: Problem[] }).problems;
  const { source, problems } = await loadEstate(name, folder);
  if (!source) return problems;
  const resolved = resolveEstate(source, new Date('2026-11-21T12:00:00Z'));
  return [...resolved.problems, ...resolved.warnings];
}

describe('the codes of a description', () => {
  it.each(Object.keys(descriptionCodes))('the fixture of %s raises this code and no other', async (code) => {
    const problems = await problemsOf(fixtures.get(code) ?? 'none');
    expect(problems.map((found) => found.code)).toEqual([code]);
    expect(problems[0]?.message).toMatch(/^(?!Cannot ).+; .*\bmust\b/s);
    expect(problems[0]?.fix).toMatch(/\.$/);
    if (code !== 'EST001') expect(problems[0]?.place).toMatchObject({ file: expect.stringContaining(code), line: expect.any(Number) });
  });

  const inYaml = Object.entries(descriptionCodes).filter(([code]) => fixtures.get(code)?.endsWith('.yaml'));

  it.each(inYaml)('the code %s keeps the estate from being planned, unless it is a warning', async (code, { severity }) => {
    const { source } = await loadEstate(fixtures.get(code) ?? 'none', folder);
    const plan = source && resolveEstate(source, new Date('2026-11-21T12:00:00Z')).plan;
    expect(plan !== undefined).toBe(severity === 'warning');
  });

  it('every code has a title, an explanation and a fix of its own', () => {
    for (const { title, explanation, fix } of Object.values(descriptionCodes)) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(explanation).toMatch(/\.$/);
      expect(fix).toMatch(/\.$/);
    }
    expect(new Set(Object.values(descriptionCodes).map(({ title }) => title)).size).toBe(Object.keys(descriptionCodes).length);
  });
});
