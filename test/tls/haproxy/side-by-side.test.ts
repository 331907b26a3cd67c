import { afterEach, describe, expect, it } from 'vitest';
import { presets } from '../../../lib/tls/profiles';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { plainBackend, tierOf } from '../../fixtures/tiers';
import { Rig } from '../../support/rig';

const profile = { ...presets['hybrid-pq'], signatureAlgorithms: [...presets['hybrid-pq'].signatureAlgorithms, 'mldsa65' as const] };

/** What the server signs with for clients that verify these signatures. */
const expected: Readonly<Record<string, string | undefined>> = {
  ecdsa_secp256r1_sha256: 'ecdsa_secp256r1_sha256',
  rsa_pss_rsae_sha256: 'rsa_pss_rsae_sha256',
  mldsa65: 'mldsa65',
  'mldsa65:ecdsa_secp256r1_sha256': 'ecdsa_secp256r1_sha256',
  ecdsa_secp521r1_sha512: undefined,
};

describe('an endpoint with certificates of several key types', () => {
  let rig: Rig | undefined;
  afterEach(() => rig?.dispose());

  it('serves each client the certificate that it can verify, classical or post-quantum', async () => {
    const keyAlgorithms: EndpointPlan['keyAlgorithms'] = ['ecdsa-p256', 'rsa-2048', 'ml-dsa-65'];
    const endpoint = {
      id: 'mixed',
      port: 8443,
      protocol: 'tcp',
      clientAuthentication: 'none',
      keyAlgorithms,
      backend: plainBackend,
    } as const;
    rig = await Rig.create(tierOf([endpoint], profile), ['genuine']);
    const instance = await rig.start();
    const [mixed] = rig.endpoints as [EndpointPlan];
    for (const [verified, signature] of Object.entries(expected)) {
      const connection = await rig.connect(instance, mixed, { options: ['-sigalgs', verified] });
      expect(connection).toMatchObject(signature === undefined ? { served: false, alert: 40 } : { served: true, signature });
    }
  }, 300_000);
});
