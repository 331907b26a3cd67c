import { afterAll, beforeAll, describe, it } from 'vitest';
import { type PlannedTier, twoEndpoints, validated, withoutResumption } from '../../fixtures/tiers';
import { Rig } from '../../support/rig';
import { tierChecks } from '../../support/server-checks';
import { Subject } from '../../support/subject';

const tiers: Readonly<Record<string, () => PlannedTier>> = {
  'of the strict profile': twoEndpoints,
  'without resumption': withoutResumption,
  'with the FIPS provider': validated,
};

describe.each(Object.entries(tiers))('an endpoint of a running tier %s', (_name, planned) => {
  let rig: Rig;
  let subject: Subject;
  beforeAll(async () => {
    rig = await Rig.create(planned());
    subject = new Subject(rig, rig.configuration);
  }, 300_000);
  afterAll(async () => {
    await subject?.stop();
    await rig?.dispose();
  });

  for (const check of tierChecks) {
    it(check.name, async () => {
      for (const endpoint of rig.endpoints) await check.run(subject, endpoint);
    });
  }
});
