import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGroupPlaceholder, shellWord } from '../../../lib/tls/boot/shell-word';
import { userData } from '../../../lib/tls/boot/user-data';
import { bootInput, written } from '../../fixtures/boot';

describe('the boot script of an instance', () => {
  const script = userData(bootInput());

  it('is valid Bash', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('fits into EC2 user data', () => {
    expect(Buffer.byteLength(script)).toBeLessThan(16 * 1024);
  });

  it('verifies the digests of both configuration files', () => {
    expect(script).toContain(`fetch s3://assets/meaning.cfg /etc/diptych/haproxy/haproxy.cfg ${'00'.repeat(32)}`);
    expect(script).toContain(`fetch s3://assets/means.cfg /etc/diptych/haproxy/capacity.cfg ${'00'.repeat(32)}`);
  });

  it('waits for every TLS file of every endpoint that the tier serves', () => {
    const program = written(script, '/usr/local/lib/diptych/require-tls-files').replaceAll('/etc/diptych/tls', tmpdir());
    const { status, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
    expect(status).toBe(1);
    for (const name of ['fix/tls.crt', 'fix/tls.key', 'fix/client-ca.crt', 'fix/crl.pem', 'fix/tickets.keys', 'status/tls.crt']) {
      expect(stderr).toContain(`not there yet: ${tmpdir()}/${name}\n`);
    }
  });

  it('runs the image by digest, without privileges and with a read-only root file system', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    const start = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
    for (const argument of ['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges', '--network=host', '--pull=never']) {
      expect(start.split(' ')).toContain(argument);
    }
    expect(start).toMatch(/ \S+@sha256:[0-9a-f]{64} haproxy -W -db /);
    expect(start).not.toMatch(/[$%"'\\]/);
  });

  it('denies the container the instance metadata service', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    expect(unit).toMatch(/^IPAddressDeny=169\.254\.169\.254 fd00:ec2::254$/m);
  });

  it('lets open sessions drain before SIGKILL', () => {
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    const podmanWaits = Number(/--time (\d+)/.exec(unit)?.[1]);
    const systemdWaits = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
    expect(podmanWaits).toBeGreaterThan(bootInput().tier.drainSeconds);
    expect(systemdWaits).toBeGreaterThan(podmanWaits);
  });

  it('signals success only after the health listener has answered', () => {
    expect(script.indexOf('signal SUCCESS')).toBeGreaterThan(script.indexOf('}:8404/healthz"; do'));
    expect(script.trimEnd().endsWith('signal SUCCESS')).toBe(true);
    expect(script.split(logGroupPlaceholder)).toHaveLength(2);
  });

  it('throws a RangeError for a value that is more than one word', () => {
    for (const hostile of ['a b', "a'b", 'a\nb', 'a$(id)', 'a`id`', 'a;b', '', '-a', 'a%b', 'a{b', 'a"b']) {
      expect(() => userData(bootInput({ site: hostile }))).toThrow(RangeError);
      expect(() => userData(bootInput({ image: hostile }))).toThrow(RangeError);
    }
  });
});

describe('a word of a boot script', () => {
  it('is unchanged by a shell', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]{0,30}$/);
    const words = fc.sample(word, { numRuns: 200, seed: 1 });
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\n' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n')).toEqual(words);
  });

  it('contains no special character of a shell, systemd or a template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (/^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]*$/.test(text) && !text.includes('\n')) expect(shellWord(text)).toBe(text);
        else expect(() => shellWord(text)).toThrow(RangeError);
      }),
    );
  });
});
