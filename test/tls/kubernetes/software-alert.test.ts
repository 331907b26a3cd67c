import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { softwareFallbackBackend } from '../../../lib/tls/haproxy/capacity';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import { resourcesOf, synthesized } from '../../fixtures/terraform';
import { checkRules, type Expected, replay, type Series, sampleSeconds } from '../../support/alert-replay';
import { promtool } from '../../support/promtool';

const zone = 'hft-order-entry';
const [inSoftware, unobserved] = ['TlsHardwareTierInSoftware', 'TlsHardwareTierUnobserved'];
const [dearBurst, dearLoad] = ['TlsBurstCostsAsInSoftware', 'TlsLoadCostsAsInSoftware'];

function example() {
  const file = join(__dirname, '../../../examples/meridian/estate.yaml');
  const { plan } = planEstate(parseEstate(parse(readFileSync(file, 'utf8'))).parsed);
  if (!plan) throw new Error('the example has no plan');
  const tier = plan.sites.flatMap((site) => (site.id === 'basildon' ? site.tiers : [])).find((one) => one.zone === zone) as TierPlan;
  const rules = resourcesOf(synthesized(plan)['basildon-extensions']).get(`kubernetes_manifest.${zone}_software-alert`).manifest.spec;
  return { tier, rules };
}

const minutes = 60;
const haltSeconds = 20 * minutes;
const lengthSeconds = 40 * minutes;

interface Day {
  /** Processor seconds that a session costs. */
  readonly sessionSeconds: number;
  /** Processors that an instance's other work keeps busy. @default 6 */
  readonly otherWork?: number;
  /** Sessions of one instance at a time, since its start. */
  readonly sessions: (seconds: number) => number;
  /** Instances that chose software. @default 0 */
  readonly inFallback?: number;
  /** Instances that are scraped. @default all */
  readonly scraped?: number;
}

/** What Prometheus sees of a tier: HAProxy and the container runtime in turn, each twice a minute. */
function seen({ instances }: TierPlan, { sessionSeconds, otherWork = 6, sessions, inFallback = 0, scraped = instances }: Day): Series[] {
  const steps = Array.from({ length: lengthSeconds / sampleSeconds + 1 }, (_, index) => index * sampleSeconds);
  const turn = (first: number, value: (seconds: number) => number) =>
    steps.map((seconds, index) => (index % 2 === first ? value(seconds) : undefined));
  return Array.from({ length: scraped }, (_, index) => {
    const instance = `namespace="${zone}",pod="tls-tier-${index}"`;
    const fallback = {
      series: `haproxy_backend_status{${instance},proxy="${softwareFallbackBackend}",state="UP"}`,
      values: turn(0, () => 1),
    };
    return [
      { series: `haproxy_process_build_info{${instance},version="3.0"}`, values: turn(0, () => 1) },
      { series: `haproxy_frontend_sessions_total{${instance},proxy="fix"}`, values: turn(0, sessions) },
      { series: `haproxy_frontend_sessions_total{${instance},proxy="diptych.health"}`, values: turn(0, (seconds) => seconds * 100) },
      {
        series: `container_cpu_usage_seconds_total{${instance},container="haproxy"}`,
        values: turn(1, (seconds) => otherWork * seconds + sessions(seconds) * sessionSeconds),
      },
      ...(index < inFallback ? [fallback] : []),
    ];
  }).flat();
}

describe('the alerts of a hardware tier', () => {
  const { tier, rules } = example();
  const { newSessionsPerSecond = 0, serviceMicroseconds = 0, softwareMicroseconds = 0 } = tier.sizing ?? {};
  const cost = { withDevices: serviceMicroseconds / 1e6, inSoftware: softwareMicroseconds / 1e6 };
  const share = newSessionsPerSecond / tier.instances;
  /** The example's halt: every session is opened again within a second, and none at any other time. */
  const halt = (seconds: number) => (seconds > haltSeconds ? share : 0);
  const quiet = () => 0;
  const judge = (day: Day, ...expected: Expected[]) => replay(rules, seen(tier, day), expected);
  beforeAll(() => promtool(), 300_000);

  it('are valid for Prometheus', async () => {
    expect(await checkRules(rules)).toBe('');
  });

  it('fire for each instance that chose software, without any load', async () => {
    const day = { sessionSeconds: cost.inSoftware, sessions: quiet };
    expect(await judge({ ...day, inFallback: 2 }, { alert: inSoftware, atSeconds: minutes, firing: 2 })).toBe('');
    expect(await judge(day, { alert: inSoftware, atSeconds: lengthSeconds, firing: 0 })).toBe('');
  });

  it('fire if too few instances report metrics', async () => {
    const day = { sessionSeconds: cost.withDevices, sessions: quiet };
    const firing = (count: number) => ({ alert: unobserved, atSeconds: 10 * minutes, firing: count });
    expect(await judge({ ...day, scraped: 0 }, firing(1))).toBe('');
    expect(await judge({ ...day, scraped: tier.minAvailable - 1 }, firing(1))).toBe('');
    expect(await judge({ ...day, scraped: tier.minAvailable }, firing(0))).toBe('');
  });

  it('fire after a trading halt if the burst of sessions was served without devices, whatever other work there is', async () => {
    for (const otherWork of [0, 6, 14]) {
      const day = { sessions: halt, otherWork };
      const during = Array.from({ length: 10 }, (_, index) => haltSeconds + index * 30);
      const never = during.map((atSeconds) => ({ alert: dearBurst, atSeconds, firing: 0 }));
      const atSeconds = haltSeconds + 15 * minutes;
      expect(await judge({ ...day, sessionSeconds: cost.withDevices }, ...never, { alert: dearBurst, atSeconds, firing: 0 })).toBe('');
      expect(await judge({ ...day, sessionSeconds: cost.inSoftware }, { alert: dearBurst, atSeconds, firing: tier.instances })).toBe('');
    }
  });

  it('fire under steady load if other work does not hide the cost of sessions', async () => {
    const day = { sessions: (seconds: number) => (seconds * share) / 4, otherWork: 0.1 };
    const atSeconds = 15 * minutes;
    expect(await judge({ ...day, sessionSeconds: cost.inSoftware }, { alert: dearLoad, atSeconds, firing: tier.instances })).toBe('');
    expect(await judge({ ...day, sessionSeconds: cost.withDevices }, { alert: dearLoad, atSeconds, firing: 0 })).toBe('');
  });
});
