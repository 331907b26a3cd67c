import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { foldersIn } from '../../lib/artifacts/folders';
import { synthesizeEstate } from '../../stacks/estate';
import { planned } from '../fixtures/two-sites';

type Zones = Record<string, { allowFrom?: Record<string, object> }>;

const meridian = () => parse(readFileSync(join(__dirname, '../../examples/meridian/estate.yaml'), 'utf8')) as { zones: Zones };

/** The example with one zone more: it sorts first, takes the free lowest slot, and exchanges flows with every other zone. */
function withZoneThatSortsFirst() {
  const estate = meridian();
  const others = Object.keys(estate.zones);
  for (const zone of Object.values(estate.zones)) zone.allowFrom = { ...zone.allowFrom, 'aardvark-research': {} };
  estate.zones['aardvark-research'] = {
    purpose: 'algorithmic-trading',
    criticality: 'standard',
    sites: ['basildon', 'dublin'],
    slot: 0,
    endpoints: {
      notebooks: {
        port: 8443,
        serverNames: ['notebooks.research.meridian.example'],
        protocol: 'https',
        backend: { port: 8080, servers: { basildon: { a: '10.118.0.11' }, dublin: { a: '10.16.3.10' } } },
      },
    },
    allowFrom: Object.fromEntries(others.map((other) => [other, {}])),
  } as Zones[string];
  return estate;
}

const emitted = /(\.template\.json|cdk\.tf\.json)$/;

/** Every emitted template and stack under a folder, by path. */
function artifactsOf(estate: object, folder: string): Map<string, string> {
  synthesizeEstate(planned(estate), { folders: foldersIn(folder), inputs: {} });
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => emitted.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Places at which something that stood before is gone or another: empty where a change only adds. */
function lost(before: unknown, after: unknown, path = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const rest = after.map((item) => JSON.stringify(item));
    return before.flatMap((item, index) => {
      const found = rest.indexOf(JSON.stringify(item));
      if (found < 0) return [`${path}/${index}`];
      rest.splice(0, found + 1);
      return [];
    });
  }
  if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) {
    const now = after as Record<string, unknown>;
    return Object.entries(before).flatMap(([key, value]) => (key in now ? lost(value, now[key], `${path}/${key}`) : [`${path}/${key}`]));
  }
  return before === after ? [] : [path];
}

let folder: string;
let before: Map<string, string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-stability-'));
  before = artifactsOf(meridian(), folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a zone that sorts first, in a free lower slot, with flows to and from every other', () => {
  it('a zone that sorts first only adds to the artifacts, and its removal restores them', () => {
    const during = artifactsOf(withZoneThatSortsFirst(), folder);
    expect(during.size).toBeGreaterThanOrEqual(before.size);
    const changes = [...before].flatMap(([path, text]) => lost(JSON.parse(text), JSON.parse(during.get(path) ?? '{}'), path));
    expect(changes).toEqual([]);
    expect([...during].some(([path, text]) => text !== before.get(path))).toBe(true);
    expect(artifactsOf(meridian(), folder)).toEqual(before);
  });
});
