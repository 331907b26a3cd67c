import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { healthPort, metricsPort } from '../../lib/core/ports';
import { renderCapacity } from '../../lib/tls/haproxy/capacity';
import { renderConfiguration } from '../../lib/tls/haproxy/configuration';
import {
  capacityFile,
  certificateFiles,
  configurationFile,
  configurationFolder,
  endpointFiles,
  environment,
  runtimeFolder,
  tlsFolder,
} from '../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { PlannedTier } from '../fixtures/tiers';
import { type CertificateRequest, type KeyPair, StandInAuthority, ticketKeys } from './certificates';
import { type Connection, type ConnectOptions, connect } from './client';
import { freePorts } from './ports';
import { run } from './process';
import { firstKey } from './profile-expectations';
import { relocate } from './relocate';
import { RunningHaproxy } from './running-haproxy';
import { backendConfiguration, type Conduct, conducts, type StandIn } from './stand-in-backend';
import { toolchain } from './toolchain';

/** A running instance of a tier, on its own ports. */
export interface Instance {
  readonly haproxy: RunningHaproxy;
  readonly socket: string;
  /** Loopback port for a port of the emitted configuration. */
  port(emitted: number): number;
}

export interface InstanceOptions {
  /** Replaces the emitted configuration. */
  readonly configuration?: string;
  readonly capacity?: string;
  /** Address of the instance for health checks and metrics. @default 127.0.0.1 */
  readonly address?: string;
  /** Behavior of the servers behind the tier. @default 'genuine' */
  readonly servers?: Conduct;
}

/** A name in every certificate that no endpoint serves. */
export const unlistedName = 'unlisted.example.com';

/** Test rig that runs a real tier, with test certificate authorities, servers and clients. */
export class Rig {
  readonly configuration: string;
  readonly capacity: string;
  private readonly running: RunningHaproxy[] = [];
  private readonly backendPorts = new Map<string, number>();

  private instances = 0;

  private constructor(
    readonly planned: PlannedTier,
    readonly folder: string,
    readonly server: StandInAuthority,
    readonly client: StandInAuthority,
    /** A client whose certificate is on the revocation list. */
    readonly revoked: KeyPair,
  ) {
    this.configuration = renderConfiguration(planned.zone, planned.tier, planned.haproxy);
    this.capacity = renderCapacity(planned.tier, planned.haproxy);
  }

  /** Endpoints whose TLS the tier terminates. */
  get endpoints(): readonly EndpointPlan[] {
    return this.planned.zone.endpoints.filter(({ managedCertificate }) => managedCertificate === undefined);
  }

  /** @param wanted - behaviors of servers to start */
  static async create(planned: PlannedTier, wanted: readonly Conduct[] = conducts): Promise<Rig> {
    const folder = await mkdtemp(join(tmpdir(), 'dt-'));
    const algorithm = firstKey(planned.tier.profile);
    const server = await StandInAuthority.create(folder, 'server', algorithm);
    const client = await StandInAuthority.create(folder, 'client', algorithm);
    const revoked = await client.issue({ name: 'revoked', algorithm });
    const rig = new Rig(planned, folder, server, client, revoked);
    const revocationList = await client.revocationList(revoked);
    await Promise.all(rig.endpoints.map((endpoint) => rig.supply(endpoint, revocationList)));
    await rig.startBackends(wanted);
    return rig;
  }

  /** Folder of an endpoint's files. */
  folderOf(endpoint: string): string {
    return join(this.folder, 'tls', endpoint);
  }

  private async supply(endpoint: EndpointPlan, revocationList: string): Promise<void> {
    const folder = this.folderOf(endpoint.id);
    await mkdir(folder, { recursive: true });
    for (const algorithm of endpoint.keyAlgorithms) {
      const pair = await this.server.issue({
        name: `${endpoint.id}-${algorithm}`,
        serverNames: [...endpoint.serverNames, unlistedName],
        algorithm,
      });
      const names = certificateFiles(endpoint, algorithm);
      await copyFile(pair.certificate, join(folder, names.certificate));
      await copyFile(pair.key, join(folder, names.key));
    }
    await copyFile(this.client.pair.certificate, join(folder, endpointFiles.clientAuthority));
    await writeFile(join(folder, endpointFiles.revocationList), revocationList);
    await writeFile(join(folder, endpointFiles.ticketKeys), ticketKeys());
    await copyFile(this.server.pair.certificate, join(folder, endpointFiles.backendAuthority));
  }

  private async startBackends(wanted: readonly Conduct[]): Promise<void> {
    const pairs = this.endpoints.flatMap((endpoint) => wanted.map((conduct) => ({ endpoint, conduct })));
    const ports = await freePorts(pairs.length);
    const standIns = await Promise.all(pairs.map((one, index) => this.standIn(one.endpoint, one.conduct, ports[index] ?? 0)));
    for (const { endpoint, conduct, port } of standIns) this.backendPorts.set(`${endpoint.id}.${conduct}`, port);
    const file = join(this.folder, 'backends.cfg');
    await writeFile(file, backendConfiguration(standIns));
    this.running.push(await RunningHaproxy.start({ files: [file] }));
  }

  private async standIn(endpoint: EndpointPlan, conduct: Conduct, port: number): Promise<StandIn> {
    const own = endpoint.backend.serverName ?? unlistedName;
    const request = {
      name: `${endpoint.id}.${conduct}`,
      serverNames: [conduct === 'misnamed' ? unlistedName : own],
      algorithm: conduct === 'unapproved' ? 'ecdsa-p521' : firstKey(this.planned.tier.profile),
    } as const;
    const { certificate } = await (conduct === 'untrusted' ? this.client : this.server).issue(request);
    return { endpoint, conduct, port, certificate };
  }

  /** Issues a certificate of the client authority. */
  identity(request: CertificateRequest): Promise<KeyPair> {
    return this.client.issue(request);
  }

  /** Writes the files of a new instance, without starting it. */
  async prepare(options: InstanceOptions = {}): Promise<{ files: string[]; root: string; port(emitted: number): number }> {
    this.instances += 1;
    const root = join(this.folder, `${this.instances}`);
    const emitted = [healthPort, metricsPort, ...this.endpoints.map(({ port }) => port)];
    const free = await freePorts(emitted.length);
    const ports = new Map(emitted.map((port, index) => [port, free[index] ?? 0]));
    const port = (number: number) => ports.get(number) ?? 0;
    const serverPort = (backend: string) => this.backendPorts.get(`${backend}.${options.servers ?? 'genuine'}`) ?? 0;
    await mkdir(join(root, configurationFolder), { recursive: true });
    await mkdir(join(root, runtimeFolder), { recursive: true });
    await symlink(join(this.folder, 'tls'), join(root, tlsFolder));
    const texts = { [capacityFile]: options.capacity ?? this.capacity, [configurationFile]: options.configuration ?? this.configuration };
    const files = Object.keys(texts).map((name) => join(root, configurationFolder, name));
    await Promise.all(Object.values(texts).map((text, index) => writeFile(files[index] ?? '', relocate(text, { root, port, serverPort }))));
    return { files, root, port };
  }

  /** Checks configuration files with HAProxy; returns its warnings and errors, or an empty string. */
  async check(files: readonly string[]): Promise<string> {
    const { haproxy, env, fipsEnv } = await toolchain();
    const command = [haproxy, '-c', '-dW', ...files.flatMap((file) => ['-f', file])];
    const base = this.planned.tier.profile.fipsProvider ? fipsEnv : env;
    const { status, stderr } = await run(command, { env: { ...base, [environment.address]: '127.0.0.1' } });
    return status === 0 && !/\[(?:WARNING|ALERT)\]/.test(stderr) ? '' : stderr || `exit ${status}`;
  }

  /** Starts an instance of the tier. */
  async start(options: InstanceOptions = {}): Promise<Instance> {
    const { files, root, port } = await this.prepare(options);
    const env = {
      [environment.site]: 'here',
      [environment.instance]: `instance-${this.instances}`,
      [environment.address]: options.address ?? '127.0.0.1',
    };
    const haproxy = await RunningHaproxy.start({ files, env, fips: this.planned.tier.profile.fipsProvider });
    this.running.push(haproxy);
    return { haproxy, socket: join(root, runtimeFolder, 'haproxy.sock'), port };
  }

  /** Connects to an endpoint of an instance with the endpoint's first server name. */
  connect(instance: Instance, endpoint: EndpointPlan, options: Partial<ConnectOptions> = {}): Promise<Connection> {
    const serverName = endpoint.serverNames[0]?.replace('*', 'any');
    return connect({ port: instance.port(endpoint.port), serverName, authority: this.server.pair.certificate, ...options });
  }

  /** Stops everything and removes its files. */
  async dispose(): Promise<void> {
    await Promise.all(this.running.map((haproxy) => haproxy.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }
}
