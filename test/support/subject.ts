import { join } from 'node:path';
import type { EndpointPlan } from '../../lib/zones/plan-schema';
import type { KeyPair, StandInAlgorithm } from './certificates';
import type { Connection, ConnectOptions } from './client';
import { firstKey } from './profile-expectations';
import type { Instance, InstanceOptions, Rig } from './rig';

/** A configuration under test, with instances that start when a check first needs them, and clients with certificates. */
export class Subject {
  private readonly instances = new Map<string, Promise<Instance>>();
  private readonly identities = new Map<string, Promise<KeyPair>>();

  constructor(
    readonly rig: Rig,
    readonly configuration: string,
    /** Adverse HAProxy defaults that the configuration must override. */
    private readonly adverseDefaults = '',
  ) {}

  /** Returns the instance of a name, and starts it if needed. */
  instance(name = 'main', options: InstanceOptions = {}): Promise<Instance> {
    const known = this.instances.get(name);
    if (known) return known;
    const capacity = `${this.rig.capacity}\n${this.adverseDefaults}\n`;
    const started = this.rig.start({ configuration: this.configuration, capacity, ...options });
    this.instances.set(name, started);
    return started;
  }

  /** Returns a client certificate of the trusted authority. */
  identity(algorithm: StandInAlgorithm): Promise<KeyPair> {
    const known = this.identities.get(algorithm);
    if (known) return known;
    const issued = this.rig.identity({ name: `client-${algorithm}`, algorithm });
    this.identities.set(algorithm, issued);
    return issued;
  }

  /** Connects with a client certificate if the endpoint requires one. */
  async connect(endpoint: EndpointPlan, options: Partial<ConnectOptions> = {}, instance?: Promise<Instance>): Promise<Connection> {
    const identity =
      endpoint.clientAuthentication === 'required' ? await this.identity(firstKey(this.rig.planned.tier.profile)) : undefined;
    const offered = ['-groups', this.rig.planned.tier.profile.groups.join(':')];
    return this.rig.connect(await (instance ?? this.instance()), endpoint, { identity, options: offered, ...options });
  }

  /** Path of a file in the rig's folder. */
  file(name: string): string {
    return join(this.rig.folder, name);
  }

  async stop(): Promise<void> {
    const settled = await Promise.allSettled(this.instances.values());
    await Promise.all(settled.map((outcome) => outcome.status === 'fulfilled' && outcome.value.haproxy.stop()));
    this.instances.clear();
  }
}
