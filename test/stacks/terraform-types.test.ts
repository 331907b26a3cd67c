import { describe, expect, it } from 'vitest';
import { synthesized } from '../fixtures/terraform';
import { plannedTwoSites } from '../fixtures/two-sites';
import { misfits } from '../readback/terraform/table/misfits';

const policy = (spec: object) => ({
  resource: { kubernetes_network_policy_v1: { one: { metadata: { name: 'one' }, spec } } },
});

describe('what is emitted for a site on-prem', () => {
  it('holds nothing that the types of the provider do not know, and all that they require', () => {
    for (const stack of Object.values(synthesized(plannedTwoSites()))) expect(misfits(stack)).toEqual([]);
  });
});

describe('the check against the types of the provider', () => {
  it('finds an attribute left in camel case', () => {
    const stack = policy({ podSelector: {}, policy_types: [], pod_selector: {} });
    expect(misfits(stack)).toEqual(['kubernetes_network_policy_v1.one.spec[0].podSelector is unknown']);
  });

  it('finds a required attribute and a required block that are missing', () => {
    expect(misfits(policy({}))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].policy_types is missing',
      'kubernetes_network_policy_v1.one.spec[0].pod_selector is missing',
    ]);
  });

  it('finds a value where a block belongs, and a block where a list belongs', () => {
    expect(misfits(policy({ pod_selector: 'all', policy_types: { type: 'Ingress' } }))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].pod_selector must be a block',
      'kubernetes_network_policy_v1.one.spec[0].policy_types must be a list',
    ]);
  });

  it('finds a second block where there can be one', () => {
    expect(misfits(policy({ policy_types: [], pod_selector: [{}, {}] }))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].pod_selector must be one block',
    ]);
  });

  it('finds a resource that the provider does not have', () => {
    expect(misfits({ resource: { kubernetes_deployment_v9: { one: {} } } })).toEqual([
      'kubernetes_deployment_v9 is no resource of the provider',
    ]);
  });
});
