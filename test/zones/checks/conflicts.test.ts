import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Problem } from '../../../lib/core/problem';
import { loadEstate } from '../../../lib/estate/load/load';
import { resolveEstate } from '../../../lib/estate/load/resolve';
import { twoSites } from '../../fixtures/two-sites';
import { folderOfTest } from '../../support/diptych';

type Raw = ReturnType<typeof twoSites>;

/** Problems of a description in a YAML file, with their places. */
async function problemsOf(raw: unknown): Promise<readonly Problem[]> {
  const folder = folderOfTest();
  writeFileSync(join(folder, 'estate.yaml'), stringify(raw));
  const { source } = await loadEstate('estate.yaml', folder);
  return source ? resolveEstate(source).problems : [];
}

/** Declares a zone after the others, under an id that comes before theirs in the alphabet. */
function withLaterZone(change: (zone: Record<string, unknown>) => void): Raw {
  const raw = twoSites();
  const { batch } = raw.zones;
  const zone: Record<string, unknown> = structuredClone({ ...batch, slot: 20 });
  change(zone);
  Object.assign(raw.zones, { advisory: zone });
  return raw;
}

const endpoint = (raw: Raw): object => structuredClone({ ...raw.zones.risk.endpoints.checks, serverNames: ['advisory.example.com'] });

describe('two declarations that contradict each other', () => {
  it.each<[string, Raw, string, string, string]>([
    ['slot', withLaterZone((zone) => Object.assign(zone, { slot: 1 })), 'ZON010', 'zones/advisory/slot', 'zones/risk/slot'],
    [
      'server name',
      withLaterZone((zone) => {
        const servers = { frankfurt: { a: '10.50.0.50' }, cloud: { a: '10.64.83.10' } };
        const checks = twoSites().zones.risk.endpoints.checks;
        const backend = { ...checks.backend, servers };
        Object.assign(zone, { endpoints: { checks: { ...checks, serverNames: ['limits.risk.example.com'], backend } } });
      }),
      'ZON022',
      'zones/advisory/endpoints/checks/serverNames/0',
      'zones/risk/endpoints/checks/serverNames/1',
    ],
    [
      'port',
      ((raw) => {
        Object.assign(raw.zones.risk.endpoints, { advisory: endpoint(raw) });
        return raw;
      })(twoSites()),
      'ZON020',
      'zones/risk/endpoints/advisory/port',
      'zones/risk/endpoints/checks/port',
    ],
    [
      'pair of sites',
      ((raw) => {
        Object.assign(raw.links, { another: structuredClone(raw.links.backbone) });
        return raw;
      })(twoSites()),
      'ZON046',
      'links/another/between',
      'links/backbone/between',
    ],
    [
      'block',
      ((raw) => {
        Object.assign(raw.externals, { customers: { cidrs: ['198.51.100.128/25'] } });
        return raw;
      })(twoSites()),
      'ZON012',
      'externals/customers/cidrs/0',
      'externals/members/cidrs/0',
    ],
  ])('are reported at the later one, with the place of both: %s', async (_kind, raw, code, later, earlier) => {
    const found = (await problemsOf(raw)).find((problem) => problem.code === code);
    expect(found).toMatchObject({ path: later, conflictsWith: { path: earlier } });
    const [second, first] = [found?.place?.line ?? 0, found?.conflictsWith?.place?.line ?? 0];
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
  });
});
