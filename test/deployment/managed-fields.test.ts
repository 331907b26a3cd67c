import { describe, expect, it } from 'vitest';
import { addedFields } from '../../lib/deployment/probe/managed-fields';
import type { KubernetesObject } from '../../lib/readback/kubernetes-object';

const emitted: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'risk' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

function live(spec: object, manager: string, fields: object): KubernetesObject {
  const managedFields = [{ manager, operation: 'Update', fieldsV1: { 'f:spec': fields } }];
  return { ...emitted, metadata: { ...emitted.metadata, managedFields }, spec };
}

describe('fields that others own', () => {
  it('are named where they were not emitted', () => {
    const found = live({ podSelector: {}, policyTypes: ['Ingress'], egress: [{}] }, 'kubectl-edit', { 'f:egress': {} });
    expect(addedFields(emitted, found)).toEqual([{ attribute: 'spec.egress', from: undefined, to: [{}] }]);
  });

  it('are named where they narrow a selector, which is owned as a whole', () => {
    const found = live({ podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress'] }, 'kubectl-patch', { 'f:podSelector': {} });
    expect(addedFields(emitted, found).map(({ attribute }) => attribute)).toEqual(['spec.podSelector.matchLabels']);
  });

  it("are not named where the cluster's own controllers or we set them", () => {
    const spec = { podSelector: {}, policyTypes: ['Ingress'], egress: [{}] };
    for (const manager of ['kube-controller-manager', 'diptych', 'Terraform'])
      expect(addedFields(emitted, live(spec, manager, { 'f:egress': {} }))).toEqual([]);
  });
});
