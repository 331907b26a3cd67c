import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../lib/core/digest';
import type { BootInput } from '../../../lib/tls/boot/input';
import { userData } from '../../../lib/tls/boot/user-data';
import { bootInput } from '../../fixtures/boot';

/** Stand-ins for what only the cloud, systemd and the container runtime have; each notes how it was called. */
const standIns: Readonly<Record<string, string>> = {
  aws: 'case "$1 $2" in "s3 cp") cp "$MACHINE/bucket/$(basename "$4")" "$5";; "ecr get-login-password") echo secret;; esac',
  curl: 'case "$*" in *api/token*) echo token;; *instance-id*) echo i-0123456789abcdef0;; *local-ipv4*) echo 10.64.0.20;; *instance-identity/document*) date --utc \'+{"pendingTime" : "%Y-%m-%dT%H:%M:%SZ"}\';; *) [ -e "$MACHINE/healthy" ];; esac',
  podman: 'case "$1" in login) cat >"$MACHINE/password";; esac',
  systemctl: '',
  sysctl: '',
  sleep: '',
  // Nobody but root may give files away.
  install: '/usr/bin/install $(sed "s/ -[og] [0-9]*//g" <<<"$*")',
  'amazon-cloudwatch-agent-ctl': '',
};

let machine: string;

const path = (name: string): string => join(machine, name);

function writeProgram(name: string, text: string): void {
  const file = path(`bin/${name}`);
  writeFileSync(file, `#!/bin/bash\necho "${name} $*" >>"$MACHINE/calls"\n${text}\n`);
  chmodSync(file, 0o755);
}

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'diptych-boot-'));
  for (const folder of ['bin', 'bucket', 'etc/systemd/system', 'etc/sysctl.d', 'var/log', 'usr/local/lib']) {
    mkdirSync(path(folder), { recursive: true });
  }
  for (const [name, text] of Object.entries(standIns)) writeProgram(name, text);
  writeFileSync(path('bucket/meaning.cfg'), 'meaning');
  writeFileSync(path('bucket/means.cfg'), 'means');
});

afterEach(() => rmSync(machine, { recursive: true, force: true }));

function boot(overrides: Partial<BootInput> = {}) {
  const file = (name: string) => ({ bucket: 'assets', key: `${name}.cfg`, digest: sha256(name).replace('sha256:', '') });
  const script = userData(bootInput({ configuration: file('meaning'), capacity: file('means'), ...overrides }))
    .replaceAll(/(?<=[ ">=])\/(?=etc|var|usr\/local)/g, `${machine}/`)
    .replaceAll('/opt/aws/amazon-cloudwatch-agent/bin/', `${machine}/bin/`);
  const env = { PATH: `${path('bin')}:${process.env.PATH}`, MACHINE: machine };
  const { status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env });
  return { status, stderr, calls: readFileSync(path('calls'), 'utf8').trimEnd().split('\n') };
}

const signals = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('aws cloudformation signal-resource'));

describe('a booting instance', () => {
  it('installs its files, starts its unit and signals success', () => {
    writeFileSync(path('healthy'), '');
    const { status, calls } = boot();
    expect(status).toBe(0);
    expect(readFileSync(path('etc/diptych/haproxy/haproxy.cfg'), 'utf8')).toBe('meaning');
    expect(readFileSync(path('etc/diptych/haproxy/capacity.cfg'), 'utf8')).toBe('means');
    expect(readFileSync(path('etc/diptych/tier.env'), 'utf8')).toBe(
      'DIPTYCH_SITE=cloud\nDIPTYCH_INSTANCE=i-0123456789abcdef0\nDIPTYCH_ADDRESS=10.64.0.20\n',
    );
    expect(existsSync(path('etc/diptych/tls/fix'))).toBe(true);
    expect(calls).toContain('systemctl start --no-block diptych-tier.service');
    expect(calls).toContain(`podman pull ${bootInput().image}`);
    expect(readFileSync(path('password'), 'utf8')).toBe('secret\n');
    expect(signals(calls)).toEqual([
      'aws cloudformation signal-resource --stack-name cloud-tiers-0 --logical-resource-id Fleet --unique-id i-0123456789abcdef0 --status SUCCESS',
    ]);
  });

  it('signals failure if the digest of a file is wrong', () => {
    writeFileSync(path('healthy'), '');
    writeFileSync(path('bucket/meaning.cfg'), 'something else');
    const { status, calls } = boot();
    expect(status).not.toBe(0);
    expect(signals(calls).map((call) => call.split(' ').at(-1))).toEqual(['FAILURE']);
    expect(calls.some((call) => call.startsWith('systemctl start'))).toBe(false);
  });

  it('signals failure if the tier never answers health checks', () => {
    const { status, stderr, calls } = boot({ signal: { stack: 'cloud-tiers-0', resource: 'Fleet', deadlineSeconds: 0 } });
    expect(status).not.toBe(0);
    expect(stderr).toContain('the tier does not answer health checks');
    expect(signals(calls).map((call) => call.split(' ').at(-1))).toEqual(['FAILURE']);
  });

  it('succeeds if no deployment waits for its signal', () => {
    writeFileSync(path('healthy'), '');
    writeProgram('aws', `${standIns.aws}\n[ "$1" != cloudformation ]`);
    expect(boot().status).toBe(0);
  });
});
