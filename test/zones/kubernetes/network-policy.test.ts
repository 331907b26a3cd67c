import { App, TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { addresses, allow, type NetworkPolicyRule, podsOf, workloads } from '../../../lib/zones/kubernetes/network-policy';

const at = { estate: 'example', zone: 'orders', namespace: 'orders' };
const rule: NetworkPolicyRule = {
  name: 'ingress.risk',
  pods: workloads,
  direction: 'ingress',
  peers: [podsOf('risk')],
  ports: [{ port: 8443, protocol: 'TCP' }],
};

/** Writes a rule, and returns the policies that a stack then has. */
function written(changes: Partial<NetworkPolicyRule>) {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'example');
  const policy = allow(stack, at, { ...rule, ...changes });
  return { policy, count: stack.node.children.length };
}

describe('a rule of a NetworkPolicy', () => {
  it('is written with its peers and its ports, in its own direction only', () => {
    const { policy, count } = written({});
    expect(count).toBe(1);
    expect(policy?.spec.internalValue).toMatchObject({ policyTypes: ['Ingress'] });
    expect(written({ direction: 'egress' }).policy?.spec.internalValue).toMatchObject({ policyTypes: ['Egress'] });
  });

  it.each([
    ['without peers, which would admit everyone', { peers: [] }],
    ['without ports, which would open all of them', { ports: [] }],
    ['whose addresses are none', { peers: addresses([]) }],
    ['without peers in the other direction', { peers: [], direction: 'egress' }],
  ] as const)('is left out %s', (_what, changes) => {
    expect(written(changes)).toEqual({ policy: undefined, count: 0 });
  });
});
