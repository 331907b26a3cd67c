import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { exitCode } from '../../../bin/cli/exit-code';
import { manifests } from '../../../bin/commands/write-manifests';
import { foldersIn } from '../../../lib/artifacts/folders';
import { synthesizeEstate } from '../../../stacks/estate';
import { plannedTwoSites } from '../../fixtures/two-sites';

const out = mkdtempSync(join(tmpdir(), 'diptych-manifests-'));
const folder = join(out, 'diptych.out', 'manifests');

/** What a command writes to one of the standard streams. */
async function said(stream: 'stdout' | 'stderr', run: () => Promise<unknown>): Promise<string> {
  const write = vi.spyOn(process[stream], 'write').mockReturnValue(true);
  try {
    await run();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

const documents = (text: string) => parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS());

beforeAll(async () => {
  synthesizeEstate(plannedTwoSites(), { folders: foldersIn(out), inputs: {} });
  await said('stderr', () => manifests({ out }));
});

afterAll(() => rmSync(out, { recursive: true }));

describe('diptych manifests', () => {
  it('diptych manifests writes one folder per stack and one file per namespace, cluster-scoped objects first', () => {
    expect(readdirSync(folder).sort()).toEqual(['frankfurt-core', 'frankfurt-extensions', 'frankfurt-tiers']);
    expect(readdirSync(join(folder, 'frankfurt-core')).sort()).toEqual(['00-cluster-wide.yaml', 'batch.yaml', 'orders.yaml', 'risk.yaml']);
    expect(readdirSync(join(folder, 'frankfurt-extensions'))).toEqual(['00-cluster-wide.yaml']);
    expect(readdirSync(join(folder, 'frankfurt-tiers')).sort()).toEqual(['orders.yaml', 'risk.yaml']);
  });

  it('diptych manifests writes the HAProxy configuration without Terraform escapes', () => {
    const objects = documents(readFileSync(join(folder, 'frankfurt-tiers', 'orders.yaml'), 'utf8'));
    const { data } = objects.find(({ kind }) => kind === 'ConfigMap');
    expect(data['haproxy.cfg']).toContain('%[env(DIPTYCH_SITE)');
    expect(data['haproxy.cfg']).not.toMatch(/%%\{|\$\$\{/);
  });

  it('diptych manifests --stdout prints the same objects, namespaces first', async () => {
    const objects = documents(await said('stdout', () => manifests({ out, site: 'frankfurt', stdout: true })));
    const files = ['frankfurt-core', 'frankfurt-extensions', 'frankfurt-tiers'].flatMap((stack) =>
      readdirSync(join(folder, stack)).flatMap((file) => documents(readFileSync(join(folder, stack, file), 'utf8'))),
    );
    expect(objects).toHaveLength(files.length);
    expect(objects.slice(0, 3).map(({ kind }) => kind)).toEqual(['Namespace', 'Namespace', 'Namespace']);
  });

  it('diptych manifests removes the files of an earlier run', async () => {
    const stale = join(folder, 'frankfurt-tiers', 'gone.yaml');
    writeFileSync(stale, '---\n');
    await said('stderr', () => manifests({ out }));
    expect(readdirSync(join(folder, 'frankfurt-tiers'))).not.toContain('gone.yaml');
  });
});

describe('refusals of diptych manifests', () => {
  it('diptych manifests refuses an unknown site and lists the known ones (RDB005)', async () => {
    const words = await said('stderr', async () => expect(await manifests({ out, site: 'london' })).toBe(exitCode.usage));
    expect(words).toContain('RDB005');
    expect(words).toContain('frankfurt');
  });

  it('diptych manifests refuses incomplete artifacts', async () => {
    rmSync(join(out, 'cdktf.out', 'manifest.json'));
    const words = await said('stderr', async () => expect(await manifests({ out })).toBe(exitCode.usage));
    expect(words).toContain('ART001');
  });
});
