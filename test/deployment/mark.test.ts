import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientsOf } from '../../lib/deployment/cloud/clients';
import { stackMark } from '../../lib/deployment/cloud/stack-state';
import { applyStack } from '../../lib/deployment/cluster/apply';
import { Connection } from '../../lib/deployment/cluster/connection';
import { Inventory } from '../../lib/deployment/cluster/inventory';
import { Objects } from '../../lib/deployment/cluster/objects';
import { type StandIn, standIn } from './stand-in-api';

let api: StandIn | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

describe('the mark of a stack in a cluster', () => {
  /** A cluster that keeps what is applied, and counts its versions as a real one does. */
  async function cluster(): Promise<Objects> {
    const kept = new Map<string, { readonly text: string; readonly resourceVersion: string }>();
    let version = 0;
    api = await standIn((method, path, { body }) => {
      if (path === '/api/v1') return [200, { resources: [{ kind: 'ConfigMap', name: 'configmaps', namespaced: true }] }];
      const [key = ''] = path.split('?');
      const text = JSON.stringify(body);
      if (method === 'PATCH' && kept.get(key)?.text !== text) kept.set(key, { text, resourceVersion: `${++version}` });
      const held = kept.get(key);
      if (!held) return undefined;
      const object = JSON.parse(held.text) as { metadata: object };
      return [200, { ...object, metadata: { ...object.metadata, resourceVersion: held.resourceVersion } }];
    });
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    return new Objects(Connection.open('own'));
  }

  const stack = 'own-core';
  const { signal } = new AbortController();

  function apply(objects: Objects, value: string) {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'risk' }, data: { value } };
    return applyStack({ objects, stack, wanted: [{ object, isProtected: false }], signal, say: () => {} });
  }

  it('stays when the same is applied again, and is another once anything else is, though of the same names', async () => {
    const objects = await cluster();
    const mark = () => new Inventory(objects, stack).mark();
    expect(await mark()).toBeUndefined();
    await apply(objects, 'one');
    const first = await mark();
    await apply(objects, 'one');
    expect(await mark()).toBe(first);
    await apply(objects, 'two');
    expect(await mark()).not.toBe(first);
  });
});

describe('the mark of a stack in the cloud', () => {
  async function cloud(members: string): Promise<string | undefined> {
    const stack = `<Stacks><member><StackName>own-network</StackName>${members}</member></Stacks>`;
    const result = `<DescribeStacksResult>${stack}</DescribeStacksResult>`;
    api = await standIn(() => [200, `<DescribeStacksResponse>${result}</DescribeStacksResponse>`]);
    vi.stubEnv('AWS_ENDPOINT_URL', api.address);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    return stackMark(clientsOf({ region: 'eu-west-1' }).cloudFormation, 'own-network');
  }

  const created = '<CreationTime>2026-11-21T08:00:00.000Z</CreationTime>';

  it('is when it was last deployed, and how that ended', async () => {
    expect(await cloud(`${created}<StackStatus>CREATE_COMPLETE</StackStatus>`)).toBe('2026-11-21T08:00:00.000Z CREATE_COMPLETE');
  });

  it('is another once it was updated', async () => {
    const updated = '<LastUpdatedTime>2026-11-21T09:00:00.000Z</LastUpdatedTime><StackStatus>UPDATE_COMPLETE</StackStatus>';
    expect(await cloud(created + updated)).toBe('2026-11-21T09:00:00.000Z UPDATE_COMPLETE');
  });
});
