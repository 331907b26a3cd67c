import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { renderCapacity } from '../../../lib/tls/haproxy/capacity';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { ZonePlan } from '../../../lib/zones/plan-schema';
import type { PlannedTier } from '../../fixtures/tiers';
import { opensslGroup } from '../../support/profile-expectations';
import { Rig } from '../../support/rig';
import { Subject } from '../../support/subject';

const examples = join(__dirname, '../../../examples');

/** Every tier of both halves of an example, by site and zone. */
function tiersOf(example: string): [name: string, planned: PlannedTier][] {
  const { parsed, problems } = parseEstate(parse(readFileSync(join(examples, example, 'estate.yaml'), 'utf8')));
  const { plan } = planEstate(parsed);
  if (!plan) throw new Error(`the example has no plan: ${problems.map(({ message }) => message).join('; ')}`);
  return plan.sites.flatMap(({ id, tiers, zones }) =>
    tiers.map((tier): [string, PlannedTier] => {
      const zone = zones.find((one) => one.id === tier.zone) as ZonePlan;
      return [`${tier.zone} at ${id}`, { zone, tier, haproxy: plan.haproxy }];
    }),
  );
}

/** What the build at hand can load, with as many threads as any machine has. */
function loadable(tier: TierPlan): TierPlan {
  return { ...tier, acceleration: 'software', threads: 1, pinnedCpus: false };
}

describe.each(['meridian', 'every-attribute'])('the tiers of the example %s', (example) => {
  it.each(tiersOf(example))(
    '%s: is right for HAProxy, starts and serves each endpoint by its profile',
    async (_name, planned) => {
      const { tier, haproxy } = planned;
      const rig = await Rig.create(planned, ['genuine']);
      const subject = new Subject(rig, rig.configuration);
      try {
        const capacity = renderCapacity(loadable(tier), haproxy);
        expect(await rig.check((await rig.prepare({ capacity })).files)).toBe('');
        const instance = subject.instance('modest', { capacity: renderCapacity({ ...loadable(tier), maxConnections: 500 }, haproxy) });
        for (const endpoint of rig.endpoints) {
          const connection = await subject.connect(endpoint, {}, instance);
          expect(connection, connection.transcript).toMatchObject({ served: true, verified: true });
          expect(tier.profile.versions).toContain(connection.version);
          expect([...tier.profile.cipherSuites, ...tier.profile.legacyCipherSuites]).toContain(connection.cipherSuite);
          expect(connection.group).toBe(opensslGroup(tier.profile.groups[0] ?? ''));
        }
      } finally {
        await subject.stop();
        await rig.dispose();
      }
    },
    120_000,
  );
});
