import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { isBroken } from '../../../lib/estate/parse/parsed';
import { estateSpec } from '../../../lib/estate/spec';

type Tree = { [key: string]: Tree };

function meridian(): Tree {
  return parse(readFileSync(join(__dirname, '../../../examples/meridian/estate.yaml'), 'utf8')) as Tree;
}

/** The description with one attribute replaced. */
function wrong(path: string, value: unknown): Tree {
  const raw = meridian();
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((tree, key) => tree[key] ?? {}, raw);
  if (value === undefined) delete holder[last];
  else holder[last] = value as Tree;
  return raw;
}

const codesOf = (raw: unknown) => parseEstate(raw).problems.map(({ code, path }) => `${code} ${path}`);

describe('parsing a description', () => {
  it('gives what the one schema gives where nothing is wrong', () => {
    const { parsed, problems } = parseEstate(meridian());
    expect(problems).toEqual([]);
    expect(parsed.spec).toEqual(estateSpec.parse(meridian()));
  });

  it.each([
    ['SPC001', 'zones/risk/criticality', undefined],
    ['SPC002', 'zones/risk/endpoints/limits/port', 'https'],
    ['SPC002', 'zones/risk', null],
    ['SPC003', 'zones/risk/endpoints/limits/porte', 8443],
    ['SPC003', 'zonnes', {}],
    ['SPC004', 'zones/risk/endpoints/limits/port', 0],
    ['SPC005', 'zones/risk/endpoints/limits/serverNames', []],
    ['SPC006', 'sites/basildon/podCidr', '10.64.0.1/16'],
    ['SPC007', 'sites/basildon/terraformBackend/kind', 'disk'],
    ['SPC008', 'zones/risk/endpoints/limits/backend/servers/Basildon', {}],
    ['SPC001', 'haproxy', undefined],
    ['SPC002', 'zones', []],
  ])('raises %s once, at %s', (code, path, value) => {
    expect(codesOf(wrong(path, value))).toEqual([`${code} ${path}`]);
  });

  it('says the path, the rule and the current value, and proposes the name that was meant', () => {
    const [found] = parseEstate(wrong('zones/risk/endpoints/limits/porte', 8443)).problems;
    expect(found && formatProblem(found)).toBe(
      'zones/risk/endpoints/limits/porte: there is no attribute porte; every attribute must be one of the schema [SPC003]',
    );
    expect(found?.fix).toBe('Write port, or remove it.');
  });

  it.each([
    ['estat', 'estate'],
    ['haprozy', 'haproxy'],
    ['zones/risk/critcality', 'criticality'],
    ['zones/risk/endpoints/limits/prot', 'port'],
    ['sites/dublin/kin', 'kind'],
    ['profiles/settlement-partners/weaker/expiry', 'expires'],
  ])('names %s once, by what was meant, where %s is required', (path, name) => {
    const holder = path.slice(0, path.lastIndexOf('/') + 1);
    const raw = wrong(`${holder}${name}`, undefined);
    const keys = path.split('/');
    const last = keys.pop() ?? '';
    Object.assign(
      keys.reduce((tree, key) => tree[key] ?? {}, raw),
      { [last]: 'x' },
    );
    expect(parseEstate(raw).problems).toMatchObject([{ code: 'SPC003', path, fix: `Write ${name}.` }]);
  });

  it.each([
    ['profiles/settlement-partners/weaker/expires', '2028-13-31', 'a date must be written as YYYY-MM-DD, such as 2028-10-31'],
    ['sites/dublin/tags', { 'aws:owner': 'x' }, 'a tag key must be 1 to 128 letters'],
  ])('says the rule of %s in words of its own', (path, value, rule) => {
    expect(parseEstate(wrong(path, value)).problems.map(({ message }) => message)).toEqual([expect.stringContaining(`; ${rule}`)]);
  });

  it('tells who wrote a number where a text belongs to quote it', () => {
    expect(parseEstate(wrong('haproxy/version', 3)).problems[0]?.fix).toMatch(/^Put the value in quotes/);
  });

  it('proposes to each zone without a slot another that is free', () => {
    const raw = wrong('zones/risk/slot', undefined);
    delete raw.zones?.settlement?.slot;
    expect(parseEstate(raw).problems.map(({ fix }) => fix)).toEqual([
      'Write slot: 0, the lowest free slot.',
      'Write slot: 5, the lowest free slot.',
    ]);
  });

  it('leaves out what is wrong, alone, and knows it by its path', () => {
    const { parsed } = parseEstate(wrong('zones/risk/endpoints/limits/port', 'https'));
    expect([...parsed.broken]).toEqual(['zones/risk/endpoints/limits']);
    expect(parsed.spec.zones.risk?.endpoints).toEqual({});
    expect(isBroken(parsed, 'zones/risk/endpoints/limits/backend')).toBe(true);
    expect(isBroken(parsed, 'zones/risk')).toBe(false);
  });

  it('finds what is wrong inside of a zone that is wrong itself', () => {
    const raw = wrong('zones/risk/slot', -1);
    Object.assign(raw.zones?.risk?.endpoints?.limits ?? {}, { port: 0 });
    expect(codesOf(raw)).toEqual(['SPC004 zones/risk/slot', 'SPC004 zones/risk/endpoints/limits/port']);
  });

  it('never throws, whatever it is given, and gives problems that print on one line', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true });
    const estate = fc.record({
      estate: anything,
      haproxy: anything,
      sites: anything,
      zones: anything,
      links: anything,
      '\u001b[31m': anything,
    });
    fc.assert(
      fc.property(fc.oneof(anything, estate), (raw) => {
        for (const found of parseEstate(raw).problems) {
          expect(found.code).toMatch(/^SPC00[1-8]$/);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is asserted
          expect(formatProblem(found)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
    );
  });
});
