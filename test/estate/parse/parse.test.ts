import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { isBroken } from '../../../lib/estate/parse/partial-estate';
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
  it('parseEstate returns the same as the schema for a valid estate', () => {
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
  ])('parseEstate reports %s once, at %s', (code, path, value) => {
    expect(codesOf(wrong(path, value))).toEqual([`${code} ${path}`]);
  });

  it.each([
    ['https', 'port is a string'],
    [Number.NaN, 'port is not a finite number'],
    [Number.POSITIVE_INFINITY, 'port is not a finite number'],
    [null, 'port is empty'],
    [[], 'port is a list'],
    [{}, 'port is a map'],
    [true, 'port is a boolean'],
  ])('parseEstate names the type of the value %s, where a number is wanted', (value, wrongType) => {
    const [found] = parseEstate(wrong('zones/risk/endpoints/limits/port', value)).problems;
    expect(found?.message.split(';')[0]).toBe(wrongType);
  });

  it.each([
    ['10.200.0.5/24', 'the block has host bits', 'Write 10.200.0.0/24.'],
    ['10.200.0.7', 'the value is an address without a prefix length', 'Write 10.200.0.7/32.'],
    ['10.200.0.0/024', 'the block has superfluous digits', 'Write 10.200.0.0/24.'],
    ['2001:db8::/32', 'the value is IPv6, which Diptych does not support', 'Write the IPv4 block of the network.'],
    ['0.0.0.0/0', 'the block contains every address', 'Write the blocks that the network really has.'],
    ['11.0.0.0/7', 'the block is larger than any private network', 'Write the blocks that the network really has.'],
    ['128.0.0.0/1', 'the block is larger than any private network', 'Write the blocks that the network really has.'],
    ['10.200.0/24', 'the value is not a block in CIDR notation', undefined],
    ['10.200.0.0/33', 'the value is not a block in CIDR notation', undefined],
  ])('parseEstate says once what is wrong with the block %s, and what to write', (text, what, fix) => {
    const { problems } = parseEstate(wrong('externals/members/cidrs', [text]));
    expect(problems.map(({ code, message }) => [code, message.split(';')[0]])).toEqual([['SPC006', what]]);
    if (fix) expect(problems[0]?.fix).toBe(fix);
  });

  it('parseEstate reports a misspelt attribute with its path and the rule, and proposes the right name', () => {
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
  ])('parseEstate reports the misspelt attribute %s once, although %s is also missing', (path, name) => {
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
  ])('parseEstate states the rule for %s without the text of the schema library', (path, value, rule) => {
    expect(parseEstate(wrong(path, value)).problems.map(({ message }) => message)).toEqual([expect.stringContaining(`; ${rule}`)]);
  });

  it('parseEstate proposes quotes for a number where a string is required', () => {
    expect(parseEstate(wrong('haproxy/version', 3)).problems[0]?.fix).toMatch(/^Put the value in quotes/);
  });

  it('parseEstate proposes a different free slot to each zone without a slot', () => {
    const raw = wrong('zones/risk/slot', undefined);
    delete raw.zones?.settlement?.slot;
    expect(parseEstate(raw).problems.map(({ fix }) => fix)).toEqual([
      'Write slot: 0, the lowest free slot.',
      'Write slot: 5, the lowest free slot.',
    ]);
  });

  it('parseEstate leaves out only the invalid endpoint and returns its path', () => {
    const { parsed } = parseEstate(wrong('zones/risk/endpoints/limits/port', 'https'));
    expect([...parsed.broken]).toEqual(['zones/risk/endpoints/limits']);
    expect(parsed.spec.zones.risk?.endpoints).toEqual({});
    expect(isBroken(parsed, 'zones/risk/endpoints/limits/backend')).toBe(true);
    expect(isBroken(parsed, 'zones/risk')).toBe(false);
  });

  it('parseEstate reports problems with an endpoint of a zone that is invalid itself', () => {
    const raw = wrong('zones/risk/slot', -1);
    Object.assign(raw.zones?.risk?.endpoints?.limits ?? {}, { port: 0 });
    expect(codesOf(raw)).toEqual(['SPC004 zones/risk/slot', 'SPC004 zones/risk/endpoints/limits/port']);
  });

  it('parseEstate never throws for any data, and its problems print on one line', () => {
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
