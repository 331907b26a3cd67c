import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OnPremSite } from '../../../lib/artifacts/site';
import { Refusal } from '../../../lib/core/refusal';
import { exportedValues, storedParameters } from '../../../lib/deployment/aws/deployed';
import { withControlPlaneErrors } from '../../../lib/deployment/gate/control-plane-errors';
import { deploy } from '../../../lib/deployment/run/deployment';
import { planDeployment } from '../../../lib/deployment/run/preview';
import { deployment } from '../../fixtures/deployment';
import { type Answer, answerForBoth, type StandIn, standIn } from '../../support/stand-in-api';

const own: OnPremSite = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'firm-own' };

let api: StandIn;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-denial-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await api.stop();
});

async function serve(answer: (method: string, path: string) => Answer | undefined): Promise<void> {
  api = await standIn(answer);
  answerForBoth(api);
}

/** A cluster that identifies itself and rejects every other request. */
function closed(status: number) {
  const groups: Readonly<Record<string, object>> = {
    '/version': {},
    '/api/v1/namespaces/kube-system': { metadata: { labels: { 'diptych/site': own.clusterIdentity } } },
    '/apis/coordination.k8s.io/v1': { resources: [{ kind: 'Lease', name: 'leases', namespaced: true }] },
    '/api/v1': { resources: [{ kind: 'ConfigMap', name: 'configmaps', namespaced: true }] },
  };
  return (_method: string, path: string): Answer => {
    const known = groups[path];
    return known ? [200, known] : [status, { reason: 'Forbidden', message: 'User "deployer" cannot get resource "leases"' }];
  };
}

/** Artifacts of a site with one empty stack. */
function outputs() {
  writeFileSync(join(folder, 'stack.json'), '{}');
  const stacks = { 'own-core': { dependencies: [], synthesizedStackPath: 'stack.json', annotations: [] } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ stacks, artifacts: {} }));
  return { cloud: folder, terraform: folder, diptych: folder };
}

async function refusal(work: Promise<unknown>): Promise<unknown[]> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw error;
  return [error.kind, error.problems.map(({ code, path, fix }) => [code, path, fix])];
}

const choice = { sites: [own], lost: [] };
const { signal } = new AbortController();
const named = expect.stringContaining('User "deployer" cannot get resource "leases"');

describe('credentials that lack a permission', () => {
  it('a deployment is refused with DEP013 before any change when the Lease may not be read', async () => {
    await serve(closed(403));
    const deployed = deploy(deployment({ outputs: outputs(), choice }));
    expect(await refusal(deployed)).toEqual(['refused', [['DEP013', 'sites/own', named]]]);
  });

  it('a preview is refused with DEP013 when objects may not be read', async () => {
    await serve(closed(403));
    const planned = planDeployment({ estate: 'acme', outputs: outputs(), choice, onPremBy: 'apply', signal });
    expect(await refusal(planned)).toEqual(['refused', [['DEP013', 'own-core', named]]]);
  });

  it('a failing API server counts as unreachable and not as a refusal', async () => {
    await serve(closed(500));
    const planned = planDeployment({ estate: 'acme', outputs: outputs(), choice, onPremBy: 'apply', signal });
    expect(await refusal(planned)).toMatchObject(['unreachable', [['DEP013', 'own-core', named]]]);
  });

  it('error responses of AWS services are refused with DEP013 and the message of the service', async () => {
    const region = 'eu-west-1';
    await serve((_method, path) =>
      path === '/'
        ? [403, '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not yours</Message></Error></ErrorResponse>']
        : undefined,
    );
    const exported = withControlPlaneErrors('sites/cloud', () => exportedValues(new CloudFormationClient({ region })));
    expect(await refusal(exported)).toMatchObject(['refused', [['DEP013', 'sites/cloud', expect.stringContaining('not yours')]]]);
    await api.stop();
    await serve(() => [400, { __type: 'AccessDeniedException', message: 'not yours either' }]);
    const templates = [{ Resources: { Image: { Type: 'T', Properties: { Value: '{{resolve:ssm:/image}}' } } } }];
    const stored = withControlPlaneErrors('sites/cloud', () => storedParameters(new SSMClient({ region }), templates));
    expect(await refusal(stored)).toMatchObject(['refused', [['DEP013', 'sites/cloud', expect.stringContaining('not yours either')]]]);
  });

  it('withControlPlaneErrors rethrows an error that is not from a control plane', async () => {
    await serve(() => undefined);
    const error = new TypeError('a slip of ours');
    await expect(withControlPlaneErrors('sites/own', () => Promise.reject(error))).rejects.toBe(error);
  });
});
