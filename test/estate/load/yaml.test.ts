import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../lib/estate/load/yaml';

const text = `estate: x
zones:
  risk:
    slot: 5
    endpoints:
      fix: { port: 9443, serverNames: [a.example.com, b.example.com] }
    labels: { example.com/team: desk }
  copy: &copy { slot: 6 }
  other: *copy
`;

function placeOf(path: string): string {
  const { source } = readYaml(text, 'estate.yaml');
  const place = source?.placeOf(path);
  return `${place?.file}:${place?.line}:${place?.column}`;
}

describe('a description in YAML', () => {
  it.each([
    ['zones/risk/slot', 'estate.yaml:4:11'],
    ['zones/risk/endpoints/fix/port', 'estate.yaml:6:20'],
    ['zones/risk/endpoints/fix/serverNames/1', 'estate.yaml:6:55'],
    ['zones/risk/labels/example.com/team', 'estate.yaml:7:33'],
    ['zones/other/slot', 'estate.yaml:8:23'],
  ])('readYaml knows the position of the value at %s', (path, place) => {
    expect(placeOf(path)).toBe(place);
  });

  it('readYaml gives a missing attribute the position of the key that contains it', () => {
    expect(placeOf('zones/risk/endpoints/fix/protocol')).toBe('estate.yaml:6:7');
    expect(placeOf('zones/risk/purpose')).toBe('estate.yaml:3:3');
    expect(placeOf('haproxy')).toBe('estate.yaml:1:1');
  });

  it.each([
    ['a list that is not closed', 'zones: [risk', ['EST002']],
    ['tags', 'zones: !!js/function x', ['EST002']],
    ['keys that are not strings', '? [a]\n: b', ['EST002']],
    ['two documents', 'estate: a\n---\nestate: b', ['EST002']],
    ['repeated keys, each of them', 'estate: a\nestate: b\nzones: {}\nzones: {}', ['EST003', 'EST003']],
    ['an alias without an anchor', 'estate: *other', ['EST004']],
    ['an alias of itself', 'estate: &estate [*estate]', ['EST004']],
    ['a list', '- estate', ['EST005']],
    ['an empty file', '', ['EST005']],
    ['a key that JavaScript reserves', 'zones: { __proto__: {} }', ['EST011']],
  ])('readYaml refuses %s', (_what, yaml, codes) => {
    const { source, problems } = readYaml(yaml, 'estate.yaml');
    expect(source).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(codes);
    expect(problems.every(({ place }) => place?.file === 'estate.yaml' && place.line > 0)).toBe(true);
  });

  it('readYaml replaces merge keys, and leaves out top-level keys that only hold anchors', () => {
    const { source } = readYaml(
      'x-hours: &hours { open: 8, close: 17 }\nzones: { risk: { <<: *hours, close: 18 }, x-y: {} }',
      'estate.yaml',
    );
    expect(source?.raw).toEqual({ zones: { risk: { open: 8, close: 18 }, 'x-y': {} } });
    expect(source?.placeOf('zones/risk/close')).toEqual({ file: 'estate.yaml', line: 2, column: 37 });
  });

  it.each([
    ['08', '8'],
    ['010', '10'],
    ['-00.5', '-0.5'],
  ])('readYaml reports the number %s as one that readers of YAML understand differently', (typed, meant) => {
    const ambiguous = (text: string) => readYaml(`estate: a\nport: ${text}`, 'estate.yaml').source?.ambiguous;
    expect(ambiguous(typed)).toMatchObject([{ code: 'EST019', fix: expect.stringContaining(`Write ${meant}, or`), place: { line: 2 } }]);
    expect([ambiguous(`"${typed}"`), ambiguous(meant)]).toEqual([[], []]);
  });

  it('readYaml names both places of a repeated key', () => {
    const [found] = readYaml('estate: a\nzones:\n  estate: 1\nestate: b', 'estate.yaml').problems;
    expect([found?.message.split(';')[0], found?.place?.line]).toEqual(['key estate is in its map twice, first on line 1', 4]);
  });

  it('readYaml describes a syntax error without the text of the parser', () => {
    const [found] = readYaml('zones:\n\trisk: {}', 'estate.yaml').problems;
    expect(found?.message).toBe('the line is indented with a tab; lines must be indented with spaces');
  });

  it('readYaml refuses aliases that multiply before they are expanded', () => {
    const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
    expect(readYaml(['l0: &l0 [x]', ...levels].join('\n'), 'estate.yaml').problems.map(({ code }) => code)).toEqual(['EST004']);
  });

  it('readYaml never throws for any text', () => {
    const fragment = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '&x',
      '*x',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '? ',
      '!',
      '<<',
      '#',
      '\t',
      '---',
      '%',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (yaml) => {
          const { source, problems } = readYaml(yaml, 'estate.yaml');
          expect(source !== undefined).toBe(problems.length === 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
