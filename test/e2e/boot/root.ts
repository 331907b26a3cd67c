import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Toolchain } from '../../support/toolchain';
import { attempt, type Outcome } from '../harness/command';

/** Seconds for a machine to boot. */
const bootSeconds = 20;

/** Folders of an empty machine. */
const folders = [
  'dev',
  'etc/default/grub.d',
  'etc/sysctl.d',
  'etc/systemd/system',
  'host',
  'opt/aws/amazon-cloudwatch-agent/bin',
  'proc',
  'run',
  'stand-ins',
  'tmp',
  'usr/bin',
  'usr/local/bin',
  'usr/local/lib',
  'var/lib/cloud/scripts/per-boot',
  'var/log',
];

/** A folder used as the root of a machine in new namespaces, with the programs of this machine but none of its files. */
export class MachineRoot {
  private readonly toolchain: string;

  constructor(
    readonly folder: string,
    tools: Toolchain,
    imageEnvironment: Readonly<Record<string, string>>,
  ) {
    this.toolchain = dirname(tools.haproxy);
    for (const name of folders) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['lib', 'lib64']) symlinkSync(`host/${name}`, join(folder, name));
    for (const name of ['lib', 'lib64', 'sbin', 'share']) symlinkSync(`/host/usr/${name}`, join(folder, 'usr', name));
    for (const name of ['bin', 'sbin']) symlinkSync(`usr/${name}`, join(folder, name));
    for (const name of ['alternatives', 'passwd', 'group', 'ssl']) symlinkSync(`/host/etc/${name}`, join(folder, 'etc', name));
    this.installPrograms();
    this.write('stand-ins/toolchain', this.toolchain);
    this.write('stand-ins/image-environment', lines(imageEnvironment));
    this.write('stand-ins/calls', '');
  }

  /** Writes a file of the machine. */
  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs a program in the machine; all processes it leaves are killed. */
  async run(...command: readonly string[]): Promise<Outcome> {
    const isolated = ['--user', '--map-root-user', '--mount', '--net', '--pid', '--fork', '--kill-child'];
    const enter = [join(__dirname, 'enter.sh'), this.folder, this.toolchain, ...command];
    const env = { PATH: process.env.PATH };
    const outcome = await attempt('timeout', ['--signal=KILL', String(bootSeconds), 'unshare', ...isolated, ...enter], { env });
    return { ...outcome, stderr: outcome.stderr + this.journal() };
  }

  /** Output of its services. */
  private journal(): string {
    const folder = join(this.folder, 'stand-ins');
    const logs = readdirSync(folder).filter((name) => name === 'journal' || name.endsWith('.log'));
    return logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  }

  /** Programs of this machine by name, with stand-ins for some. */
  private installPrograms(): void {
    const ours = join(__dirname, 'stand-ins');
    const standIns = new Set(readdirSync(ours));
    for (const name of readdirSync('/usr/bin')) {
      if (!standIns.has(name)) symlinkSync(`/host/usr/bin/${name}`, join(this.folder, 'usr/bin', name));
    }
    for (const name of standIns) this.copyProgram(join(ours, name), `usr/bin/${name}`);
    this.copyProgram(join(ours, 'amazon-cloudwatch-agent-ctl'), 'opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl');
    this.copyProgram(join(__dirname, 'container.sh'), 'stand-ins/container');
    this.copyProgram(join(__dirname, 'instance.sh'), 'stand-ins/instance');
  }

  private copyProgram(from: string, path: string): void {
    const file = join(this.folder, path);
    copyFileSync(from, file);
    chmodSync(file, 0o755);
  }
}

/** Environment file with one `NAME=value` per line. */
export function lines(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
