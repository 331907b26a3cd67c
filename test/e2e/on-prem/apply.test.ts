import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnPremSitePlan } from '../../../lib/estate/plan-schema';
import type { Cluster } from '../harness/cluster';
import { eventually } from '../harness/eventually';
import { exampleFile } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { tally } from '../tally';
import { appliedLines, applySite, siteManifests } from './applied-site';
import { objectsIn, printManifests, type StackManifests } from './manifests';
import { startSiteCluster } from './site-cluster';

const scratch = scratchFolder('on-prem');

let site: OnPremSitePlan;
let cluster: Cluster;
let stacks: StackManifests[];

beforeAll(async () => {
  ({ site, stacks } = await siteManifests(exampleFile, scratch.folder));
  cluster = await startSiteCluster(site);
});

afterAll(async () => {
  await cluster?.stop();
  scratch.remove();
});

describe('the manifests of the on-prem site', () => {
  test('an API server with only the namespaces and definitions accepts all manifests', async () => {
    const objects = stacks.flatMap((stack) => stack.objects);
    await cluster.kubectl.apply(objects.filter(({ kind }) => kind === 'Namespace'));
    const text = await printManifests(scratch.folder, site.id);
    expect(objectsIn(text)).toHaveLength(objects.length);
    const output = await cluster.kubectl.run(['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename=-'], text);
    expect(appliedLines(output)).toHaveLength(objects.length);
  });

  test('kubectl apply applies them stack by stack under Pod Security', async ({ task }) => {
    const counted = await applySite(cluster, stacks);
    tally(task, { onPrem: counted });
    expect(counted.done).toBe(counted.of);
  });

  test('kubectl diff reports no difference when nothing has changed', async () => {
    for (const { folder, objects } of stacks) {
      if (objects.length === 0) continue;
      const diff = () => cluster.kubectl.attempt(['diff', '--server-side', `--filename=${folder}`]);
      // A concurrent status update by a controller also shows, but only for a moment.
      await eventually(60, async () => expect(await diff()).toMatchObject({ code: 0 }));
    }
  });

  test('Pod Security rejects a privileged pod in a zone', async () => {
    const [zone] = site.zones;
    const intruder = { containers: [{ name: 'intruder', image: 'intruder', securityContext: { privileged: true } }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'intruder', namespace: zone?.id }, spec: intruder };
    const { code, stderr } = await cluster.kubectl.attempt(['create', '--filename=-'], JSON.stringify(pod));
    expect(code).not.toBe(0);
    expect(stderr).toContain('violates PodSecurity');
  });
});
