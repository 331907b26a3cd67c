import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { clientsOf } from '../../../lib/deployment/aws/clients';
import { stackFingerprint } from '../../../lib/deployment/aws/stack-state';
import { applyStep } from '../../../lib/deployment/kubernetes/apply-step';
import type { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { terraformApplyStep } from '../../../lib/deployment/terraform/apply-step';
import { type StandIn, standIn } from '../../support/stand-in-api';

let api: StandIn | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

test('steps on Kubernetes have no fingerprint, so that they repair manual changes', () => {
  const stack = { name: 'own-core', site: 'own', half: 'on-prem', after: [], file: 'cdk.tf.json' } as const;
  const objects = {} as Objects;
  expect(applyStep(stack, 'acme', objects).fingerprint).toBeUndefined();
  expect(terraformApplyStep(stack, objects).fingerprint).toBeUndefined();
});

describe('stackFingerprint', () => {
  async function cloud(members: string): Promise<string | undefined> {
    const stack = `<Stacks><member><StackName>own-network</StackName>${members}</member></Stacks>`;
    const result = `<DescribeStacksResult>${stack}</DescribeStacksResult>`;
    api = await standIn(() => [200, `<DescribeStacksResponse>${result}</DescribeStacksResponse>`]);
    vi.stubEnv('AWS_ENDPOINT_URL', api.address);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    return stackFingerprint(clientsOf({ region: 'eu-west-1' }).cloudFormation, 'own-network');
  }

  const created = '<CreationTime>2026-11-21T08:00:00.000Z</CreationTime>';

  it('stackFingerprint contains the creation time and the status of a new stack', async () => {
    expect(await cloud(`${created}<StackStatus>CREATE_COMPLETE</StackStatus>`)).toBe('2026-11-21T08:00:00.000Z CREATE_COMPLETE');
  });

  it('stackFingerprint changes when the stack is updated', async () => {
    const updated = '<LastUpdatedTime>2026-11-21T09:00:00.000Z</LastUpdatedTime><StackStatus>UPDATE_COMPLETE</StackStatus>';
    expect(await cloud(created + updated)).toBe('2026-11-21T09:00:00.000Z UPDATE_COMPLETE');
  });
});
