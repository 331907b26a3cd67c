import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderCapacity, renderSoftwareFallback, softwareFallbackBackend } from '../../../lib/tls/haproxy/capacity';
import { capacityFiles, capacityFolder, tlsFolder } from '../../../lib/tls/haproxy/container';
import { renderSelfTest, selfTestScript, selfTestSeconds } from '../../../lib/tls/haproxy/self-test';
import { presets } from '../../../lib/tls/profiles';
import type { PlannedTier } from '../../fixtures/tiers';
import { tierOf, twoEndpoints, withoutResumption } from '../../fixtures/tiers';
import { type Outcome, run } from '../../support/process';
import { Rig } from '../../support/rig';
import { toolchain } from '../../support/toolchain';

/** Runs the emitted proof of a tier in its rig; one that was changed never answers, and is given less time. */
async function prove({ planned, folder }: Rig, means: string, change?: (proof: string) => string): Promise<Outcome> {
  const { haproxy, env } = await toolchain();
  const here = (text: string) => text.replaceAll(capacityFolder, join(folder, 'capacity')).replaceAll(tlsFolder, join(folder, 'tls'));
  const program = selfTestScript(planned.zone, planned.tier);
  const files = {
    [capacityFiles.hardware]: means,
    [capacityFiles.selfTest]: change ? change(renderSelfTest(planned.zone, planned.tier)) : renderSelfTest(planned.zone, planned.tier),
    [capacityFiles.selfTestScript]: change ? program.replace(`timeout ${selfTestSeconds}`, 'timeout 3') : program,
  };
  await mkdir(join(folder, 'capacity'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'capacity', name), here(text));
  const PATH = `${dirname(haproxy)}:${process.env.PATH}`;
  return run(['/bin/sh', join(folder, 'capacity', capacityFiles.selfTestScript)], { env: { ...env, PATH } });
}

/** Means that this machine has, in place of those of a device. */
const working = ({ tier, haproxy }: PlannedTier) => renderCapacity({ ...tier, acceleration: 'software' }, haproxy);

describe('the self-test of a hardware tier', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.create(twoEndpoints(), []);
  }, 300_000);
  afterAll(() => rig?.dispose());

  it('succeeds once handshakes with every certificate of every endpoint have succeeded', async () => {
    const { status, stdout } = await prove(rig, working(rig.planned));
    expect(status).toBe(0);
    const answered = [...stdout.matchAll(/server proof\/(\S+) succeeded, reason: Layer7 check passed, code: 200/g)].map(([, name]) => name);
    expect(answered.sort()).toEqual(['mutual.ecdsa-p256.TLSv1.3', 'mutual.rsa-2048.TLSv1.3', 'open.ecdsa-p256.TLSv1.3']);
  });

  it('fails if the device provider cannot be loaded', async () => {
    const haproxy = { ...rig.planned.haproxy, features: ['provider-qat' as const] };
    const { status, stderr } = await prove(rig, renderCapacity({ ...rig.planned.tier, acceleration: 'hardware' }, haproxy));
    expect(status).not.toBe(0);
    expect(stderr).toContain('qatprovider');
  });

  it('fails if one handshake breaks under a configuration that HAProxy accepts', async () => {
    const change = (proof: string) => proof.replace(/^( {4}bind .*open.* curves )\S+/m, '$1P-521');
    const { haproxy, env } = await toolchain();
    const { status } = await prove(rig, working(rig.planned), change);
    const [hardware, proof] = [capacityFiles.hardware, capacityFiles.selfTest].map((name) => join(rig.folder, 'capacity', name)) as [
      string,
      string,
    ];
    expect((await run([haproxy, '-c', '-f', hardware, '-f', proof], { env })).status).toBe(0);
    expect(status).not.toBe(0);
  });

  it('fails if nothing answers', async () => {
    const { status } = await prove(rig, working(rig.planned), (proof) => proof.replace(/^ {4}server .*open.*$/m, ''));
    expect(status).not.toBe(0);
  });
});

describe('the handshakes of a self-test', () => {
  it('cover every protocol version that can use a certificate', async () => {
    const rig = await Rig.create(withoutResumption(), []);
    try {
      const { status, stdout } = await prove(rig, working(rig.planned));
      expect(status).toBe(0);
      expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    } finally {
      await rig.dispose();
    }
  }, 300_000);

  it('leave out TLS 1.2 for a certificate that it does not support', () => {
    const { zone, tier } = tierOf([{ id: 'one', keyAlgorithms: ['ml-dsa-65'] }], presets.compatible);
    expect(renderSelfTest(zone, tier)).not.toContain('one.ml-dsa-65.TLSv1.2');
  });
});

describe('an instance in software fallback', () => {
  it('identifies itself in its metrics, unlike an instance of a software tier', async () => {
    const { tier, haproxy } = twoEndpoints();
    expect(renderSoftwareFallback({ ...tier, acceleration: 'hardware' }, haproxy)).toContain(`backend ${softwareFallbackBackend}\n`);
    expect(renderCapacity({ ...tier, acceleration: 'software' }, haproxy)).not.toContain(softwareFallbackBackend);
  });
});
