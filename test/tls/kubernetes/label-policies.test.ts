import { describe, expect, it } from 'vitest';
import { roleLabel } from '../../../lib/core/labels';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { type Json, resourcesOf, synthesized } from '../../fixtures/terraform';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

const manifests = (plan: EstatePlan): Json[] =>
  [...resourcesOf(synthesized(plan)['frankfurt-extensions']).values()].map(({ manifest }) => manifest);

const ofKind = (kind: string, all = manifests(plannedTwoSites())): Json[] => all.filter((manifest) => manifest.kind === kind);

/** The kinds by which a pod can come to have a label: by itself, or by the template of the owners in the chain of a Deployment. */
const guarded = ['deployments', 'pods', 'pods/status', 'replicasets'];

describe('the admission policies of a site', () => {
  const policies = ofKind('ValidatingAdmissionPolicy');

  it('cover creation and change of every kind in the chain from a Deployment to its pods', () => {
    const rules = policies.flatMap(({ spec }) => spec.matchConstraints.resourceRules);
    expect(rules.flatMap(({ resources }: Json) => resources).sort()).toEqual(guarded);
    for (const { operations } of rules) expect(operations).toEqual(['CREATE', 'UPDATE']);
  });

  it('refuse what they cannot judge, and are bound to deny in the namespaces of zones with tiers', () => {
    expect(policies.map(({ spec }) => spec.failurePolicy)).toEqual(['Fail', 'Fail', 'Fail']);
    const bound = ofKind('ValidatingAdmissionPolicyBinding').map(({ spec }) => {
      expect(spec.validationActions).toEqual(['Deny']);
      return [spec.policyName, spec.matchResources.namespaceSelector.matchLabels['kubernetes.io/metadata.name']];
    });
    const everywhere = policies.flatMap(({ metadata }) => ['orders', 'risk'].map((zone) => [metadata.name, zone]));
    expect(bound.sort()).toEqual(everywhere.sort());
  });

  it('admit pods with the role only from the ReplicaSet controller, for a ReplicaSet that the Deployment of the tier owns', () => {
    const [pods] = policies.filter(({ metadata }) => metadata.name.endsWith('pods'));
    const [{ expression }] = pods.spec.validations;
    expect(expression).toContain(`!object.metadata.?labels[?'${roleLabel}'].hasValue() ||`);
    expect(expression).toContain("request.userInfo.username == 'system:serviceaccount:kube-system:replicaset-controller' &&");
    const [, pattern = ''] = /owner[.]name[.]matches\('(.+?)'\)/.exec(expression) ?? [];
    const names = ['tls-tier-5d8f7c9b6d', 'tls-tier-other-5d8f7c9b6d', 'my-tls-tier-5d8f7c9b6d', 'tls-tier-'];
    expect(names.filter((name) => new RegExp(pattern).test(name))).toEqual(['tls-tier-5d8f7c9b6d']);
  });

  it('are named by the estate, because they are cluster-scoped', () => {
    for (const { metadata } of policies) expect(metadata).toMatchObject({ name: expect.stringMatching(/^two-sites-tier-/) });
  });

  it('are left out at a site without tiers', () => {
    const { orders, risk, batch } = twoSites().zones;
    const without = <T extends object>(zone: T) => ({ ...zone, endpoints: {}, allowFrom: {} });
    const zones = { orders: without(orders), risk: without(risk), batch };
    expect(manifests(planned({ ...twoSites(), zones }))).toEqual([]);
  });
});
