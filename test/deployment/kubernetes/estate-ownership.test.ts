import { describe, expect, it } from 'vitest';
import type { LiveObject } from '../../../lib/deployment/kubernetes/client/objects';
import { isOwnChange } from '../../../lib/deployment/kubernetes/estate-ownership';

const ours = { manager: 'diptych', operation: 'Apply', time: '2026-11-21T09:00:00Z', fieldsV1: { 'f:spec': { 'f:port': {} } } };

function live(resourceVersion: string, ...managedFields: object[]): LiveObject {
  const kind = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
  return { ...kind, metadata: { name: 'tls-tier', namespace: 'orders', resourceVersion, managedFields } };
}

describe('isOwnChange', () => {
  it('isOwnChange is false when a controller wrote a status between read and apply', () => {
    const controller = { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', time: '2026-11-21T09:00:15Z' };
    expect(isOwnChange(live('7', ours), live('8', ours, controller))).toBe(false);
  });

  it.each([
    ['a changed value', { ...ours, time: '2026-11-21T09:00:15Z' }],
    ['an added field', { ...ours, fieldsV1: { 'f:spec': { 'f:port': {}, 'f:name': {} } } }],
  ])('isOwnChange is true for %s', (_what, after) => {
    expect(isOwnChange(live('7', ours), live('8', after))).toBe(true);
  });

  it('isOwnChange is true when apply takes a field over from another manager', () => {
    const kubectl = { ...ours, manager: 'kubectl' };
    expect(isOwnChange(live('7', kubectl), live('8', kubectl, ours))).toBe(true);
  });
});
