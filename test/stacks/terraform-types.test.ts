import { describe, expect, it } from 'vitest';
import { synthesized } from '../fixtures/terraform';
import { plannedTwoSites } from '../fixtures/two-sites';
import { misfits } from '../readback/terraform/table/misfits';

const policy = (spec: object) => ({
  resource: { kubernetes_network_policy_v1: { one: { metadata: { name: 'one' }, spec } } },
});

describe('what is emitted for a site on-prem', () => {
  it('Terraform JSON matches the types of the provider', () => {
    for (const stack of Object.values(synthesized(plannedTwoSites()))) expect(misfits(stack)).toEqual([]);
  });
});

describe('the check against the types of the provider', () => {
  it('the check of provider types reports an attribute in camel case', () => {
    const stack = policy({ podSelector: {}, policy_types: [], pod_selector: {} });
    expect(misfits(stack)).toEqual(['kubernetes_network_policy_v1.one.spec[0].podSelector is unknown']);
  });

  it('the check of provider types reports a missing attribute and a missing block', () => {
    expect(misfits(policy({}))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].policy_types is missing',
      'kubernetes_network_policy_v1.one.spec[0].pod_selector is missing',
    ]);
  });

  it('the check of provider types reports a value instead of a block, and a block instead of a list', () => {
    expect(misfits(policy({ pod_selector: 'all', policy_types: { type: 'Ingress' } }))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].pod_selector must be a block',
      'kubernetes_network_policy_v1.one.spec[0].policy_types must be a list',
    ]);
  });

  it('the check of provider types reports a second block where one is allowed', () => {
    expect(misfits(policy({ policy_types: [], pod_selector: [{}, {}] }))).toEqual([
      'kubernetes_network_policy_v1.one.spec[0].pod_selector must be one block',
    ]);
  });

  it('the check of provider types reports an unknown resource', () => {
    expect(misfits({ resource: { kubernetes_deployment_v9: { one: {} } } })).toEqual([
      'kubernetes_deployment_v9 is no resource of the provider',
    ]);
  });
});
