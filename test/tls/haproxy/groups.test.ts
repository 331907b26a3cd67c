import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import { presets } from '../../../lib/tls/profiles';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { tierOf } from '../../fixtures/tiers';
import { type Instance, Rig } from '../../support/rig';

describe('a tier that prefers post-quantum groups', () => {
  let rig: Rig;
  let instance: Instance;
  let endpoint: EndpointPlan;
  beforeAll(async () => {
    rig = await Rig.create(tierOf([{ serverNames: ['hybrid.example.com'], clientAuthentication: 'none' }], presets['hybrid-pq']));
    instance = await rig.start();
    [endpoint] = rig.endpoints as [EndpointPlan];
  }, 300_000);
  afterAll(() => rig?.dispose());

  it('sends a HelloRetryRequest to a client that supports a hybrid group but sent a classical key share', async () => {
    const { group } = await rig.connect(instance, endpoint, { options: ['-groups', '*X25519:X25519MLKEM768'] });
    expect(group).toBe('X25519MLKEM768');
  });

  it('serves a client without hybrid groups', async () => {
    const { served, group } = await rig.connect(instance, endpoint, { options: ['-groups', 'X25519'] });
    expect({ served, group }).toEqual({ served: true, group: 'X25519' });
  });

  it('lists groups without ranks for a library that does not support them', () => {
    const { zone, tier, haproxy } = tierOf([{}], presets['hybrid-pq']);
    const text = renderConfiguration(zone, tier, { ...haproxy, tlsLibrary: { name: 'aws-lc', version: '1.60' } });
    expect(text).toContain(`curves ${presets['hybrid-pq'].groups.join(':')}`);
  });
});
