import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SitePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { Outcome } from '../harness/command';
import { cloudSiteOf, onPremSiteOf } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { tally } from '../tally';
import { isHybridTried, judgements } from './judge';
import { endpointsOf, Machines, say } from './machines';
import type { PodSpec } from './pod';

const scratch = scratchFolder('boot');

let machines: Machines;

beforeAll(async () => {
  machines = await Machines.create(scratch.folder);
});

afterAll(() => scratch.remove());

/** Ids of the endpoints that must answer. */
function idsOf(site: SitePlan, tier: TierPlan): string[] {
  return endpointsOf(site, tier)
    .map(({ id }) => id)
    .sort();
}

/** Endpoints that answered a handshake. */
function answers({ stdout }: Outcome): string[] {
  return [...stdout.matchAll(/^answered: (.+)$/gm)].map(([, id]) => id ?? '').sort();
}

/**
 * Fails unless every endpoint accepts and refuses what the plan states; attributes that this Node cannot test are unknown with a reason.
 */
function expectAsPlanned(site: SitePlan, tier: TierPlan, outcome: Outcome): void {
  const untried = isHybridTried ? [] : tier.profile.groups.filter((group) => group.includes('MLKEM')).map((group) => `groups[${group}]`);
  const findings = judgements(outcome);
  expect(findings.map(({ resource }) => resource).sort()).toEqual(idsOf(site, tier).map((id) => `${tier.zone}/${id}`));
  for (const finding of findings) {
    expect(finding, say(outcome)).toMatchObject({
      differences: [],
      unknown: untried,
      verdict: untried.length > 0 ? 'unknown' : 'as-planned',
    });
    if (untried.length > 0) expect(finding.reason).toContain('run it with Node 24');
  }
}

describe('an instance booted from its user data', () => {
  test('every tier of the cloud site answers handshakes, and accepts and refuses what the plan states', async ({ task }) => {
    const site = cloudSiteOf(machines.estate.plan);
    let done = 0;
    for (const tier of site.tiers) {
      const outcome = await machines.bootInstance(site, tier);
      expect(answers(outcome), `${tier.zone} ${say(outcome)}`).toEqual(idsOf(site, tier));
      expectAsPlanned(site, tier, outcome);
      tally(task, { booted: { done: ++done, of: site.tiers.length } });
    }
  });

  test('no tier answers when one path in the user data is changed', async () => {
    const site = cloudSiteOf(machines.estate.plan);
    const [tier] = site.tiers as [TierPlan];
    for (const path of ['/etc/diptych/haproxy/haproxy.cfg', '/etc/diptych/tier.env', '/etc/diptych/tls/']) {
      const outcome = await machines.bootInstance(site, tier, (script) =>
        script.replace(path, path.replace('/etc/diptych', '/etc/elsewhere')),
      );
      expect(answers(outcome), path).toEqual([]);
      expect(outcome.code, path).not.toBe(0);
    }
  });
});

describe('a pod run from its manifest', () => {
  test('every tier of the on-prem site answers handshakes, falling back to software when no device is found', async ({ task }) => {
    const site = onPremSiteOf(machines.estate.plan);
    let done = 0;
    for (const tier of site.tiers) {
      const outcome = await machines.bootPod(site, tier);
      expect(answers(outcome), `${tier.zone} ${say(outcome)}`).toEqual(idsOf(site, tier));
      expectAsPlanned(site, tier, outcome);
      if (tier.device) expect(outcome.stdout).toContain('capacity: software.cfg');
      tally(task, { booted: { done: ++done, of: site.tiers.length } });
    }
  });

  test('a tier that requires a device answers handshakes with it', ({ skip }) => {
    const zones = onPremSiteOf(machines.estate.plan).tiers.flatMap(({ device, zone }) => (device ? [zone] : []));
    skip(zones.length > 0, `not run: ${zones.join(', ')}, as no package of OpenSSL carries the devices' provider`);
  });

  test('no tier answers when one mount path is changed', async () => {
    const site = onPremSiteOf(machines.estate.plan);
    const [tier] = site.tiers as [TierPlan];
    for (const path of ['/etc/diptych/haproxy', '/run/diptych', '/etc/diptych/tls']) {
      const change = (pod: PodSpec): PodSpec => JSON.parse(JSON.stringify(pod).replace(`"mountPath":"${path}`, `"mountPath":"/elsewhere`));
      const outcome = await machines.bootPod(site, tier, { pod: change });
      expect(answers(outcome), path).toEqual([]);
      expect(outcome.code, path).not.toBe(0);
    }
  });
});
