import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference, unlessEmpty } from '../core/described';
import { callerPlace } from '../core/place';
import { type Place, quote, UsageError } from '../core/problem';
import { Endpoint } from './endpoint';
import type { EndpointProps, FlowProps, ZoneProps } from './props';

/** Properties of a {@link Zone}, with sites given as constructs or ids. */
export interface ZoneOptions extends Omit<ZoneProps, 'sites' | 'endpoints' | 'allowFrom'> {
  /** Sites where the zone exists. */
  readonly sites: readonly Reference[];
}

/** Properties of a flow, with endpoints given as constructs or ids. */
export interface FlowOptions extends Omit<FlowProps, 'endpoints' | 'sites'> {
  /**
   * The endpoints that may be reached.
   *
   * @default - every endpoint of the zone
   */
  readonly endpoints?: readonly Reference[];
  /**
   * The sites between which the flow is allowed.
   *
   * @default - all sites of both ends
   */
  readonly sites?: readonly Reference[];
}

/** A flow and the place in the source code that declares it. */
interface AllowedFlow {
  readonly props: FlowProps;
  readonly place: Place | undefined;
}

/**
 * A network segment with one purpose, one criticality and one TLS profile.
 *
 * Connections to and from a zone are denied unless a flow allows them.
 *
 * @example
 * import { Estate, Zone } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['frankfurt'], slot: 1 });
 */
export class Zone extends DescribedConstruct<ZoneProps> {
  private readonly flows = new Map<string, AllowedFlow>();

  constructor(
    scope: Construct,
    id: string,
    private readonly options: ZoneOptions,
  ) {
    super(scope, id);
  }

  /** Endpoints of the zone, in the order in which they were added. */
  get endpoints(): readonly Endpoint[] {
    return this.node.children.filter((child) => child instanceof Endpoint);
  }

  /**
   * Adds a TLS service to the zone.
   *
   * @example
   * import { Estate, Zone } from 'diptych';
   *
   * const estate = new Estate('acme', {
   *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
   * });
   * const risk = new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['frankfurt'], slot: 1 });
   * risk.addEndpoint('limits', {
   *   port: 8443,
   *   serverNames: ['limits.risk.example.com'],
   *   protocol: 'grpc',
   *   backend: { port: 8500, servers: { frankfurt: { a: '10.50.1.10' } } },
   * });
   */
  addEndpoint(id: string, props: EndpointProps): Endpoint {
    return new Endpoint(this, id, props);
  }

  /**
   * Allows a zone or an external to connect to endpoints of this zone.
   *
   * @throws {UsageError} SPC009 if the zone already allows this source
   *
   * @example
   * import { Estate, External, Zone } from 'diptych';
   *
   * const estate = new Estate('acme', {
   *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
   * });
   * const members = new External(estate, 'members', { cidrs: ['198.51.100.0/24'] });
   * const orders = new Zone(estate, 'orders', { purpose: 'algorithmic-trading', criticality: 'critical', sites: ['frankfurt'], slot: 0 });
   * const risk = new Zone(estate, 'risk', { purpose: 'risk', criticality: 'high', sites: ['frankfurt', 'dublin'], slot: 1 });
   * orders.allowFrom(members, { endpoints: ['fix'] });
   * risk.allowFrom(orders, { scope: 'estate' });
   */
  allowFrom(source: Reference, { endpoints, sites, ...rest }: FlowOptions = {}): this {
    const id = idOf(source);
    if (this.flows.has(id)) {
      throw new UsageError(
        'SPC009',
        `zones/${this.node.id}/allowFrom/${id}`,
        `the zone already allows this source; a source must have one flow per zone: got ${quote(id)}`,
      );
    }
    const ids = { ...(endpoints && { endpoints: endpoints.map(idOf) }), ...(sites && { sites: sites.map(idOf) }) };
    this.flows.set(id, { props: { ...rest, ...ids }, place: callerPlace() });
    return this;
  }

  override get innerPlaces(): ReadonlyMap<string, Place | undefined> {
    return new Map([
      ...this.endpoints.map(({ node, place }) => [`endpoints/${node.id}`, place] as const),
      ...[...this.flows].map(([id, { place }]) => [`allowFrom/${id}`, place] as const),
    ]);
  }

  override toSpec(): ZoneProps {
    return {
      ...this.options,
      sites: this.options.sites.map(idOf),
      ...unlessEmpty({
        endpoints: Object.fromEntries(this.endpoints.map((endpoint) => [endpoint.node.id, endpoint.toSpec()])),
        allowFrom: Object.fromEntries([...this.flows].map(([id, { props }]) => [id, props])),
      }),
    };
  }
}
