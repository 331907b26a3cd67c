import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { byCodeUnit } from '../../../lib/core/order';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { tierRequest } from '../../../lib/estate/plan/tier-request';
import { estatePlan } from '../../../lib/estate/plan-schema';
import { checkExpiries } from '../../../lib/tls/checks/derive';
import { explanationText } from '../../../lib/tls/plan/explain-text';
import { explainTier } from '../../../lib/tls/plan/explain-tier';
import { planned, twoSites } from '../../fixtures/two-sites';

const root = join(__dirname, '../../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

function outcomeOf(raw: unknown) {
  const { parsed, problems: shapes } = parseEstate(raw);
  const { plan, problems } = planEstate(parsed);
  const spent = checkExpiries(parsed.spec.profiles, new Date('2026-11-21T12:00:00Z'));
  return { plan, problems: [...shapes, ...problems, ...spent] };
}

const codesOf = (raw: unknown) => outcomeOf(raw).problems.map(({ code }) => code);

/** Does what a fix says to the letter: every `Set <path> to <value>`. */
function applyFixes(yaml: string): string {
  const document = parseDocument(yaml);
  for (const { fix } of outcomeOf(parse(yaml)).problems)
    for (const [, path = '', value = ''] of fix.matchAll(/Set (\S+) to ("[^"]*"|\{.*?\}|\[.*?\]|\S+?(?=[.,;]?(?:\s|$)))/g))
      document.setIn(path.split('/'), parse(value));
  return String(document);
}

const fixtures = readdirSync(join(root, 'test/fixtures/problems')).filter((name) => /^TLS0[01]\d\.yaml$/.test(name));

describe.each(fixtures.map((name) => name.replace('.yaml', '')))('the fixture of %s', (code) => {
  const yaml = text(`test/fixtures/problems/${code}.yaml`);

  it('has only that problem, and none after its fix is applied', () => {
    expect(codesOf(parse(yaml))).toEqual([code]);
    expect(outcomeOf(parse(applyFixes(yaml))).problems).toEqual([]);
  });
});

describe('an estate with three impossible tiers', () => {
  const yaml = text('test/fixtures/tiers-impossible.yaml');

  it('reports three problems, each once for all sites', () => {
    expect(codesOf(parse(yaml)).sort(byCodeUnit)).toEqual(['TLS010', 'TLS011', 'TLS012']);
  });

  it('has no problem after every printed fix is applied', () => {
    expect(outcomeOf(parse(applyFixes(yaml))).problems).toEqual([]);
  });
});

describe('the plan of the example meridian', () => {
  const raw = parse(text('examples/meridian/estate.yaml'));
  const { plan } = outcomeOf(raw);
  const tiersOf = (zone: string) => plan?.sites.flatMap(({ tiers }) => tiers.filter((tier) => tier.zone === zone)) ?? [];

  it('runs order entry in hardware and long-term portfolios in software at both sites, and states why', () => {
    expect(tiersOf('hft-order-entry').map(({ acceleration }) => acceleration)).toEqual(['hardware', 'hardware']);
    expect(tiersOf('long-term-portfolio').map(({ acceleration }) => acceleration)).toEqual(['software', 'software']);
    for (const { reason } of tiersOf('hft-order-entry')) expect(reason).toMatch(/^hardware: \d.*; software would take \d/);
    for (const { reason } of tiersOf('long-term-portfolio')) expect(reason).toMatch(/^software: \d.*; hardware would take \d/);
  });

  it('uses extended resources on-prem and bare metal in the cloud', () => {
    const [onPrem, cloud] = tiersOf('hft-order-entry');
    expect(onPrem?.device).toMatchObject({ resource: 'qat.intel.com/asym', nodeLabel: 'intel.feature.node.kubernetes.io/qat' });
    expect(cloud).toMatchObject({ instanceType: 'c7i.metal-24xl', threads: 64 });
  });

  it('has at least two instances in every tier, of which at least one stays available', () => {
    for (const tier of plan?.sites.flatMap(({ tiers }) => tiers) ?? []) {
      expect(tier.instances).toBeGreaterThanOrEqual(2);
      expect(tier.minAvailable).toBeGreaterThanOrEqual(1);
      expect(tier.minAvailable).toBeLessThan(tier.instances);
      expect(tier.maxInstances).toBeGreaterThan(tier.instances);
    }
  });

  it.each(['hft-order-entry', 'long-term-portfolio', 'settlement'])(
    'explains %s in 80 columns, with figures that scale with the load',
    (zone) => {
      const request = tierRequest(parseEstate(raw).parsed.spec, zone, 'basildon');
      if (!request) throw new Error('no request');
      const at = (factor: number) => {
        const explanation = explainTier(request, { factor });
        if (!explanation) throw new Error('no explanation');
        return explanation;
      };
      const lines = explanationText(at(1)).split('\n');
      expect(lines[0]).toContain(`${zone} at basildon`);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
      expect(at(10).newSessionsPerSecond).toBeCloseTo(100 * at(0.1).newSessionsPerSecond, 6);
      expect(at(1).reason).toBe(plan?.sites[0]?.tiers.find((tier) => tier.zone === zone)?.reason);
    },
  );

  it('explains an impossible latency budget by the same problem that planning reports', () => {
    const request = tierRequest(parseEstate(raw).parsed.spec, 'hft-order-entry', 'dublin');
    const explanation = request && explainTier(request, { budgetMicroseconds: 100 });
    expect(explanation?.chosen).toBeUndefined();
    expect(explanation?.problems.map(({ code }) => code)).toEqual(['TLS012']);
    expect(explanation && explanationText(explanation)).toContain('not possible: handshakes take');
  });
});

describe('a site with measured costs', () => {
  const calibrated = (calibration: object) => {
    const raw = twoSites();
    return planned({ ...raw, sites: { ...raw.sites, frankfurt: { ...raw.sites.frankfurt, calibration } } });
  };
  const source = 'Measured in March 2026';

  it('is sized by its own costs and names their source', () => {
    const [cloud, onPrem] = calibrated({ source, handshake: { signatures: { 'ecdsa-p256': 5_000 } } }).sites;
    const [own, other] = [onPrem, cloud].map((site) => site?.tiers.find(({ zone }) => zone === 'risk')?.sizing);
    expect(own?.costs).toBe(source);
    expect(own?.serviceMicroseconds).toBe(335 + 25 + 5_000 + 326);
    expect(other?.costs).not.toBe(source);
  });

  it.each([
    ['an instance that fills its machine by itself', { memory: { instanceMebibytes: 40_000 } }, 1_000],
    ['more sessions than any number of machines holds', { memory: { sessionKibibytes: 2_000 } }, 10_000_000],
  ])('reports too little memory for %s', (_, measured, concurrentSessions) => {
    const raw = twoSites();
    Object.assign(raw.sites.cloud, { calibration: { source: 'Measured on a test bench', ...measured } });
    Object.assign(raw.zones.risk.endpoints.checks, { concurrentSessions });
    expect(outcomeOf(raw).problems.map(({ code, path }) => `${code} ${path}`)).toContain('TLS015 zones/risk');
  });

  it('keeps its calibration in the plan, which the schema accepts', () => {
    const plan = calibrated({ source, targetUtilization: 0.3 });
    expect(estatePlan.parse(plan)).toEqual(plan);
  });
});
