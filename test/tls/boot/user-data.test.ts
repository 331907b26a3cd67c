import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGroupPlaceholder, shellWord } from '../../../lib/tls/boot/shell-word';
import { userData } from '../../../lib/tls/boot/user-data';
import { bootInput, written } from '../../fixtures/boot';

describe('the boot script of an instance', () => {
  const script = userData(bootInput());

  it('is a script that Bash can parse', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('fits what an instance may be given', () => {
    expect(Buffer.byteLength(script)).toBeLessThan(16 * 1024);
  });

  it('checks both files against the digests of their content', () => {
    expect(script).toContain(`fetch s3://assets/meaning.cfg /etc/diptych/haproxy/haproxy.cfg ${'00'.repeat(32)}`);
    expect(script).toContain(`fetch s3://assets/means.cfg /etc/diptych/haproxy/capacity.cfg ${'00'.repeat(32)}`);
  });

  it('requires every TLS file of every endpoint that the tier serves', () => {
    const program = written(script, '/usr/local/lib/diptych/require-tls-files').replaceAll('/etc/diptych/tls', tmpdir());
    const { status, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
    expect(status).toBe(1);
    for (const name of ['fix/tls.crt', 'fix/tls.key', 'fix/client-ca.crt', 'fix/crl.pem', 'fix/tickets.keys', 'status/tls.crt']) {
      expect(stderr).toContain(`not there yet: ${tmpdir()}/${name}\n`);
    }
  });

  it('runs the image by digest, without privileges and with a file system that it cannot write to', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    const start = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
    for (const argument of ['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges', '--network=host', '--pull=never']) {
      expect(start.split(' ')).toContain(argument);
    }
    expect(start).toMatch(/ \S+@sha256:[0-9a-f]{64} haproxy -W -db /);
    expect(start).not.toMatch(/[$%"'\\]/);
  });

  it('keeps its container away from the credentials of the role', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    expect(unit).toMatch(/^IPAddressDeny=169\.254\.169\.254 fd00:ec2::254$/m);
  });

  it('gives open sessions their time before anything kills them', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    const podmanWaits = Number(/--time (\d+)/.exec(unit)?.[1]);
    const systemdWaits = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
    expect(podmanWaits).toBeGreaterThan(bootInput().tier.drainSeconds);
    expect(systemdWaits).toBeGreaterThan(podmanWaits);
  });

  it('says that it serves only after the health listener has answered', () => {
    expect(script.indexOf('signal SUCCESS')).toBeGreaterThan(script.indexOf('http://127.0.0.1:8404/healthz'));
    expect(script.trimEnd().endsWith('signal SUCCESS')).toBe(true);
    expect(script.split(logGroupPlaceholder)).toHaveLength(2);
  });

  it('is refused rather than written with a text that is more than a word', () => {
    for (const hostile of ['a b', "a'b", 'a\nb', 'a$(id)', 'a`id`', 'a;b', '', '-a', 'a%b', 'a{b', 'a"b']) {
      expect(() => userData(bootInput({ site: hostile }))).toThrow(RangeError);
      expect(() => userData(bootInput({ image: hostile }))).toThrow(RangeError);
    }
  });
});

describe('a word of a boot script', () => {
  it('comes out of a shell as it went in', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]{0,30}$/);
    const words = fc.sample(word, { numRuns: 200, seed: 1 });
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\n' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n')).toEqual(words);
  });

  it('holds no character that a shell, systemd or a template could read anything into', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (/^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]*$/.test(text) && !text.includes('\n')) expect(shellWord(text)).toBe(text);
        else expect(() => shellWord(text)).toThrow(RangeError);
      }),
    );
  });
});
