import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SitePlan } from '../../../lib/estate/plan-schema';
import { certificateFiles, endpointFiles } from '../../../lib/tls/haproxy/container';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import { StandInAuthority } from '../../support/certificates';
import { onPremSiteOf } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { drifted, isHybridTried, judgements } from './judge';
import { endpointsOf, Machines, say } from './machines';

const scratch = scratchFolder('handshake');

let machines: Machines;

beforeAll(async () => {
  machines = await Machines.create(scratch.folder);
});

afterAll(() => scratch.remove());

function tierOf(site: SitePlan, zone: string): TierPlan {
  const found = site.tiers.find((tier) => tier.zone === zone);
  if (!found) throw new Error(`zone ${zone} has no tier`);
  return found;
}

/** Differences reported for the endpoints of a zone after a replacement in their HAProxy configuration. */
async function driftWith(zone: string, from: string | RegExp, to: string): Promise<string[][]> {
  const site = onPremSiteOf(machines.estate.plan);
  let replaced = 0;
  const bind = (line: string) => {
    const changed = line.replace(from, to);
    if (changed !== line) replaced++;
    return changed;
  };
  const outcome = await machines.bootPod(site, tierOf(site, zone), { bind });
  expect(replaced, say(outcome)).toBe(1);
  return judgements(outcome).map(drifted);
}

describe('a tier whose configuration was weakened', () => {
  test.each([
    { what: 'TLS 1.2', zone: 'risk', from: 'ssl-min-ver TLSv1.3', to: 'ssl-min-ver TLSv1.2', drift: ['versions[TLSv1.2]'] },
    {
      what: 'one more suite',
      zone: 'settlement',
      from: ' ciphers ',
      to: ' ciphers ECDHE-RSA-AES128-SHA:',
      drift: ['legacyCipherSuites[others]'],
    },
    { what: 'one more group', zone: 'risk', from: 'X25519:P-256', to: 'X25519:P-256:P-384', drift: ['groups[P-384]'] },
    {
      what: 'clients without a certificate',
      zone: 'risk',
      from: 'verify required',
      to: 'verify optional',
      drift: ['clientAuthentication'],
    },
  ])('the probe reports exactly that the tier accepts $what', async ({ zone, from, to, drift }) => {
    expect(await driftWith(zone, from, to)).toEqual([drift]);
  });

  test('the probe reports the missing hybrid groups when the tier does not offer them', async ({ skip }) => {
    skip(!isHybridTried, `not tried: OpenSSL ${process.versions.openssl} of this Node has no hybrid group, 3.5 of Node 24 does`);
    const drift = ['groups[X25519MLKEM768]', 'groups[SecP256r1MLKEM768]'];
    expect(await driftWith('risk', /curves \S+/, 'curves X25519:P-256')).toEqual([drift]);
  });

  test('the probe reports an untrusted chain when the tier presents another certificate', async () => {
    const site = onPremSiteOf(machines.estate.plan);
    const tier = tierOf(site, 'risk');
    const stranger = await StandInAuthority.create(scratch.folder, 'stranger');
    const tls = async (own: string) => {
      for (const endpoint of endpointsOf(site, tier)) {
        for (const algorithm of endpoint.keyAlgorithms) {
          const pair = await stranger.issue({ name: `${endpoint.id}-${algorithm}`, serverNames: endpoint.serverNames, algorithm });
          const names = certificateFiles(endpoint, algorithm);
          cpSync(pair.certificate, join(own, endpoint.id, names.certificate));
          cpSync(pair.key, join(own, endpoint.id, names.key));
        }
      }
    };
    const outcome = await machines.bootPod(site, tier, { tls });
    expect(judgements(outcome).map(drifted), say(outcome)).toEqual([['chain']]);
  });

  test('the probe reports no other refusal when the tier rejects the client certificate', async () => {
    const site = onPremSiteOf(machines.estate.plan);
    const tier = tierOf(site, 'algorithmic');
    const stranger = await StandInAuthority.create(scratch.folder, 'another');
    const tls = async (own: string) => {
      for (const { id } of endpointsOf(site, tier)) cpSync(stranger.pair.certificate, join(own, id, endpointFiles.clientAuthority));
    };
    const found = judgements(await machines.bootPod(site, tier, { tls }));
    expect(found).toMatchObject([{ verdict: 'unknown', differences: [], unknown: ['clientCertificate'] }]);
  });
});
