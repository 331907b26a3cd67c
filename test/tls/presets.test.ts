import { writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderCapacity } from '../../lib/tls/haproxy/capacity';
import type { ProfilePlan } from '../../lib/tls/plan-schema';
import { presets } from '../../lib/tls/profiles';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import { plainBackend, tierOf } from '../fixtures/tiers';
import { type Expectation, expectationsOf, firstKey, serverKeys } from '../support/profile-expectations';
import { Rig } from '../support/rig';
import { tierChecks } from '../support/server-checks';
import { Subject } from '../support/subject';
import { expectationsAt, expectOutcome } from '../support/tier-check';

type KeyAlgorithms = EndpointPlan['keyAlgorithms'];

const shared = 'shared.example.com';

/** A tier of a profile with an endpoint for each key algorithm that its signatures need, and one without client certificates beside them. */
function tierOfProfile(profile: ProfilePlan) {
  const keys = serverKeys(profile) as KeyAlgorithms;
  const mutual = keys.map(
    (key, index): Partial<EndpointPlan> => ({
      id: key,
      port: 9_000 + index,
      protocol: 'tcp',
      serverNames: [index === 0 ? shared : `${key}.example.com`],
      clientAuthentication: 'required',
      keyAlgorithms: [key],
      backend: plainBackend,
    }),
  );
  const open: Partial<EndpointPlan> = {
    id: 'open',
    port: 9_100,
    protocol: 'tcp',
    serverNames: [shared],
    clientAuthentication: 'none',
    keyAlgorithms: keys.slice(0, 1),
    backend: plainBackend,
  };
  return tierOf([...mutual, open], profile);
}

/** The endpoint at which a promise is tried: the one whose certificate it asks for. */
function endpointFor(rig: Rig, { serverKey = firstKey(rig.planned.tier.profile) }: Expectation): EndpointPlan {
  const endpoint = rig.endpoints.find(({ id }) => id === serverKey);
  if (!endpoint) throw new Error(`no endpoint has a certificate of ${serverKey}`);
  return endpoint;
}

/** Features of a build that a hardware tier can use. */
const accelerators = ['engine', 'provider-qat'] as const;

/** Features whose lines the build at hand does not know. */
async function notRun(rig: Rig): Promise<string[]> {
  const { haproxy } = rig.planned;
  const tier = { ...rig.planned.tier, threads: 1 };
  const fault = async (capacity: string) => rig.check((await rig.prepare({ capacity })).files);
  expect(await fault(renderCapacity({ ...tier, acceleration: 'software' }, haproxy))).toBe('');
  const faults = accelerators.map(async (feature) => {
    const found = await fault(renderCapacity({ ...tier, acceleration: 'hardware' }, { ...haproxy, features: [feature] }));
    return found === '' ? [] : [feature];
  });
  return (await Promise.all(faults)).flat();
}

const alertNames: Readonly<Record<number, string>> = { 40: 'handshake_failure', 70: 'protocol_version', 116: 'certificate_required' };

/** Past the test runner, so that the report stands alone on its lines. */
const report = (line: string) => writeSync(1, `${line}\n`);

describe.each(Object.values(presets))('the preset $name', (profile) => {
  let rig: Rig;
  let subject: Subject;
  const tried = { accepted: 0, refused: 0 };
  const all = expectationsOf(profile);
  const refusals = all.filter(({ alert }) => alert !== undefined);
  const acceptances = all.filter(({ alert }) => alert === undefined);
  beforeAll(async () => {
    rig = await Rig.create(tierOfProfile(profile), ['genuine']);
    subject = new Subject(rig, rig.configuration);
  }, 300_000);
  afterAll(async () => {
    const absent = await notRun(rig);
    report(
      `${profile.name}: accepted ${tried.accepted}/${acceptances.length}, refused ${tried.refused}/${refusals.length}, not run ${absent.length}${absent.length > 0 ? ` (${absent.join(', ')})` : ''}`,
    );
    await subject?.stop();
    await rig?.dispose();
  }, 60_000);

  it('has an endpoint for every expectation', () => {
    const reachable = new Set(rig.endpoints.flatMap((endpoint) => expectationsAt(subject, endpoint).map(({ name }) => name)));
    expect([...reachable].toSorted()).toEqual([...new Set(all.map(({ name }) => name))].toSorted());
  });

  it.each(acceptances)('accepts $name', async (expected) => {
    await expectOutcome(subject, endpointFor(rig, expected), expected);
    tried.accepted += 1;
  });

  it.each(refusals)('refuses $name', async (expected) => {
    await expectOutcome(subject, endpointFor(rig, expected), expected);
    tried.refused += 1;
    report(`${profile.name}: refused ${expected.name} with alert ${expected.alert} (${alertNames[expected.alert ?? 0]})`);
  });

  for (const { name, run } of tierChecks.filter((check) => check.name.includes('resume') || check.name.includes('certificate'))) {
    it(name, async () => {
      for (const endpoint of rig.endpoints) await run(subject, endpoint);
    });
  }
});
