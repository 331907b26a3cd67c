import { describe, expect, it } from 'vitest';
import { endpointsWithoutClients } from '../../../lib/zones/checks/warnings';
import type { ZonePlan } from '../../../lib/zones/plan-schema';

/** A site with zone risk, whose endpoints `fix` and `limits` are reached by flows to the named endpoints. */
function site(id: string, ...reached: string[]) {
  const zone = { id: 'risk', endpoints: [{ id: 'fix' }, { id: 'limits' }], inbound: reached.map((endpoint) => ({ endpoint })) };
  return { id, zones: [zone as unknown as ZonePlan] };
}

describe('the warning about endpoints without clients', () => {
  it('is given once for an endpoint, and names the sites where no flow reaches it', () => {
    const warnings = endpointsWithoutClients([site('frankfurt', 'fix'), site('zurich'), site('cloud', 'fix', 'limits')]);
    expect(warnings.map(({ path, message }) => [path, message.split(';')[0]])).toEqual([
      ['zones/risk/endpoints/limits', 'no flow allows a client to reach the endpoint at frankfurt and zurich'],
      ['zones/risk/endpoints/fix', 'no flow allows a client to reach the endpoint at zurich'],
    ]);
  });

  it('is not given if flows reach every endpoint at every site', () => {
    expect(endpointsWithoutClients([site('frankfurt', 'fix', 'limits')])).toEqual([]);
  });
});
