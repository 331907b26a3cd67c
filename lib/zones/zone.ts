import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference, unlessEmpty } from '../core/described';
import { callerPlace } from '../core/place';
import { type Place, quote, UsageError } from '../core/problem';
import { Endpoint } from './endpoint';
import type { EndpointProps, FlowProps, ZoneProps } from './props';

export interface ZoneOptions extends Omit<ZoneProps, 'sites' | 'endpoints' | 'allowFrom'> {
  /** The sites at which the zone exists. */
  readonly sites: readonly Reference[];
}

export interface FlowOptions extends Omit<FlowProps, 'endpoints'> {
  /**
   * The endpoints that may be reached.
   *
   * @default - every endpoint of the zone
   */
  readonly endpoints?: readonly Reference[];
}

/** A permission with the place at which it was given. */
interface AllowedFlow {
  readonly props: FlowProps;
  readonly place: Place | undefined;
}

/** A segment of the network with one purpose, one criticality and one level of TLS. */
export class Zone extends DescribedConstruct<ZoneProps> {
  private readonly flows = new Map<string, AllowedFlow>();

  constructor(
    scope: Construct,
    id: string,
    private readonly options: ZoneOptions,
  ) {
    super(scope, id);
  }

  /** The endpoints added so far, in the order of their addition. */
  get endpoints(): readonly Endpoint[] {
    return this.node.children.filter((child) => child instanceof Endpoint);
  }

  /** Adds a TLS service. */
  addEndpoint(id: string, props: EndpointProps): Endpoint {
    return new Endpoint(this, id, props);
  }

  /**
   * Lets a zone or an external open connections to endpoints of this zone; nobody else may.
   *
   * @throws {UsageError} SPC009 where the source was allowed before
   */
  allowFrom(source: Reference, { endpoints, ...rest }: FlowOptions = {}): this {
    const id = idOf(source);
    if (this.flows.has(id)) {
      throw new UsageError(
        'SPC009',
        `zones/${this.node.id}/allowFrom/${id}`,
        `Cannot allow a source twice as its flow has one scope and one list of endpoints: current value is ${quote(id)}`,
      );
    }
    this.flows.set(id, { props: { ...rest, ...(endpoints ? { endpoints: endpoints.map(idOf) } : {}) }, place: callerPlace() });
    return this;
  }

  /** The places of the flows, keyed by source. */
  get flowPlaces(): ReadonlyMap<string, Place | undefined> {
    return new Map([...this.flows].map(([id, { place }]) => [id, place]));
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
