import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userData } from '../../../lib/tls/boot/user-data';
import { acceleratedBootInput, written } from '../../fixtures/boot';

const script = userData(acceleratedBootInput());
const program = (name: string): string => written(script, `/usr/local/lib/diptych/${name}`);

let machine: string;

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(machine, path)), { recursive: true });
  writeFileSync(join(machine, path), text);
}

const read = (path: string): string => readFileSync(join(machine, path), 'utf8').trimEnd();

/** Runs a program of the machine with stand-ins for what it calls. */
function run(name: string, standIns: string): { status: number | null; stdout: string; stderr: string } {
  const own = program(name)
    .replaceAll(/(?<=[ "'><])\/(?=sys|dev|etc|var)/g, `${machine}/`)
    .replaceAll('state=/', `state=${machine}/`);
  return spawnSync('bash', ['-c', `${standIns}\n${own.replaceAll('"/dev/', `"${machine}/dev/`)}`], {
    encoding: 'utf8',
    env: { ...process.env, DIPTYCH_ADDRESS: '10.64.0.20' },
  });
}

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'diptych-machine-'));
  for (const folder of ['sys/bus/pci/devices', 'dev/vfio', 'etc/diptych/haproxy', 'var/lib/diptych']) {
    mkdirSync(join(machine, folder), { recursive: true });
  }
  for (const means of ['hardware', 'software']) write(`etc/diptych/capacity/${means}.cfg`, means);
});

afterEach(() => rmSync(machine, { recursive: true }));

describe('the boot script of an instance with acceleration devices', () => {
  it('is valid Bash, and so is every script in it', () => {
    const programs = ['choose-acceleration', 'report-acceleration', 'require-tls-files'].map(program);
    for (const input of [script, ...programs]) expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
    expect(Buffer.byteLength(script)).toBeLessThan(16 * 1024);
  });

  it('downloads both capacity files and the self-test, and chooses between them before every start', () => {
    for (const name of ['hardware.cfg', 'software.cfg', 'proof.cfg', 'prove.sh'])
      expect(script).toContain(` /etc/diptych/capacity/${name} `);
    const unit = written(script, '/etc/systemd/system/diptych-tier.service');
    expect(unit.indexOf('choose-acceleration')).toBeLessThan(unit.indexOf('ExecStart='));
    expect(unit).toContain('--device=/dev/vfio');
  });
});

describe('the script that chooses between hardware and software', () => {
  /** A device as the kernel shows it, with one virtual function in a group of its own. */
  function device(address: string, services: string): void {
    const folder = `sys/bus/pci/devices/${address}`;
    const files = {
      vendor: '0x8086',
      device: '0x4940',
      sriov_numvfs: '0',
      sriov_totalvfs: '1',
      'qat/cfg_services': services,
      'qat/state': 'up',
    };
    for (const [name, text] of Object.entries(files)) write(join(folder, name), `${text}\n`);
    const target = `sys/devices/${address}.1`;
    write(`${target}/driver_override`);
    for (const [name, to] of Object.entries({ driver: 'drivers/vfio-pci', iommu_group: 'groups/7' })) {
      mkdirSync(join(machine, 'sys', to), { recursive: true });
      symlinkSync(join(machine, 'sys', to), join(machine, target, name));
    }
    symlinkSync(join(machine, target), join(machine, folder, 'virtfn0'));
    write('dev/vfio/7');
  }

  function choose(proof: 'true' | 'false') {
    const calls = `podman() { echo "podman $*" >>${machine}/calls; ${proof}; }`;
    const outcome = run('choose-acceleration', `modprobe() { false; }\nchown() { echo "$*" >>${machine}/given; }\n${calls}`);
    expect(outcome).toMatchObject({ status: 0, stdout: '' });
    return { ...outcome, chosen: read('etc/diptych/haproxy/capacity.cfg') };
  }

  it('chooses software if there is no device, even if other IOMMU groups exist', () => {
    write('dev/vfio/3');
    expect(choose('true')).toMatchObject({ chosen: 'software', stderr: 'capacity: software, functions: 0\n' });
    expect(existsSync(join(machine, 'calls'))).toBe(false);
  });

  it('chooses hardware if the self-test succeeds, and gives the container only the functions of the devices', () => {
    device('0000:6b:00.0', 'asym');
    write('dev/vfio/3');
    expect(choose('true').chosen).toBe('hardware');
    expect(read('given')).toBe(`99:99 ${machine}/dev/vfio/7`);
    expect(read('calls')).toMatch(/--network=none .* \/bin\/sh \S*\/etc\/diptych\/capacity\/prove\.sh$/);
  });

  it('chooses software if the self-test fails', () => {
    device('0000:6b:00.0', 'asym');
    expect(choose('false').chosen).toBe('software');
  });

  it('reconfigures a device from compression to asymmetric cryptography', () => {
    device('0000:6c:00.0', 'dc');
    expect(choose('true').chosen).toBe('hardware');
    const folder = 'sys/bus/pci/devices/0000:6c:00.0';
    expect([read(`${folder}/qat/cfg_services`), read(`${folder}/qat/state`), read(`${folder}/sriov_numvfs`)]).toEqual(['asym', 'up', '1']);
  });

  it('rejects a device that cannot be reconfigured', () => {
    device('0000:6d:00.0', 'dc');
    const folder = join(machine, 'sys/bus/pci/devices/0000:6d:00.0/qat');
    rmSync(join(folder, 'cfg_services'));
    symlinkSync('/dev/null', join(folder, 'cfg_services'));
    const { chosen, stderr } = choose('true');
    expect(chosen).toBe('software');
    expect(stderr).toContain(`cannot use the device at ${machine}/sys/bus/pci/devices/${basename(dirname(folder))}`);
  });
});

describe('the script that reports whether an instance runs in software', () => {
  const counters = (requests: number, responses: number): string =>
    ['AE          Requests        Responses', ` 0: ${requests} ${responses}`, ` 1: ${requests} ${responses}`, ''].join('\n');

  /** The metrics of an instance with two endpoints, whose own listeners and servers have been busy as well. */
  const metrics = (handshakes: number, elsewhere: number): string =>
    [
      '# TYPE haproxy_frontend_sessions_total counter',
      `haproxy_frontend_sessions_total{proxy="fix"} ${handshakes - 1}`,
      'haproxy_frontend_sessions_total{proxy="status"} 1',
      `haproxy_frontend_sessions_total{proxy="diptych.health"} ${elsewhere}`,
      `haproxy_backend_sessions_total{proxy="fix"} ${elsewhere}`,
      `haproxy_process_ssl_connections_total ${handshakes + elsewhere}`,
    ].join('\n');

  function report(handshakes: number, chosen = 'hardware', elsewhere = handshakes): string | undefined {
    write('etc/diptych/haproxy/capacity.cfg', chosen);
    const curl = `curl() { echo '${metrics(handshakes, elsewhere)}'; }`;
    const { stdout } = run('report-acceleration', `mountpoint() { true; }\n${curl}\naws() { echo "$*"; }`);
    return /--value (\d)/.exec(stdout)?.[1];
  }

  it('reports hardware while the firmware responds, and software once handshakes occur without its responses', () => {
    write('sys/kernel/debug/qat_4xxx_0000:6b:00.0/fw_counters', counters(3_000_000_000, 3_000_000_000));
    expect(report(10)).toBe('0');
    expect(read('var/lib/diptych/acceleration')).toBe('6000000000 10');
    write('sys/kernel/debug/qat_4xxx_0000:6b:00.0/fw_counters', counters(3_000_000_009, 3_000_000_000));
    expect(report(20)).toBe('1');
    expect(report(20)).toBe('0');
  });

  it('counts neither sessions to servers nor health checks as handshakes', () => {
    write('sys/kernel/debug/qat_4xxx_0000:6b:00.0/fw_counters', counters(5, 5));
    expect(report(10, 'hardware', 10)).toBe('0');
    expect(report(10, 'hardware', 5_000)).toBe('0');
    expect(report(11, 'hardware', 5_000)).toBe('1');
  });

  it('reports software if no counter is readable or software was chosen', () => {
    expect(report(10)).toBe('1');
    write('sys/kernel/debug/qat_4xxx_0000:6b:00.0/fw_counters', counters(5, 5));
    expect(report(10, 'software')).toBe('1');
    write('sys/kernel/debug/qat_4xxx_0000:6b:00.0/fw_counters', 'engine 0: 12 requests\n');
    expect(report(10)).toBe('1');
  });
});
