/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

/**
 * A segment of the network with one purpose, one criticality and one level of TLS.
 */
export interface ZoneProps {
  /**
   * What the zone is for.
   */
  readonly purpose:
    | 'market-data'
    | 'high-frequency-order-entry'
    | 'algorithmic-trading'
    | 'long-term-portfolio'
    | 'risk'
    | 'settlement'
    | 'client-access'
    | 'management';
  /**
   * How much depends on the zone: decides deletion protection and the priority of its pods.
   */
  readonly criticality: 'critical' | 'high' | 'standard';
  /**
   * Which coarse wall the zone stands behind.
   *
   * @default - by purpose.
   */
  readonly trustLevel?: 'exposed' | 'trading' | 'post-trade' | 'management';
  /**
   * Ids of the sites at which the zone exists.
   *
   * @minItems 1
   */
  readonly sites: readonly string[];
  /**
   * Number of the zone's address block at every site; nobody else's moves when a zone comes or goes.
   */
  readonly slot: number;
  /**
   * Name of the TLS profile.
   *
   * @default "strict"
   */
  readonly profile?: string;
  /**
   * Whether handshakes are accelerated by hardware; `auto` decides by the sizing model and records why.
   *
   * @default "auto"
   */
  readonly acceleration?: 'auto' | 'hardware' | 'software';
  /**
   * Whether instances get whole processor cores of their own.
   *
   * @default false
   */
  readonly pinnedCpus?: boolean;
  /**
   * TLS services, keyed by id.
   *
   * @default {}
   */
  readonly endpoints?: {
    readonly [key: string]: EndpointProps;
  };
  /**
   * Who may connect, keyed by the id of a zone or an external; nobody else may.
   *
   * @default {}
   */
  readonly allowFrom?: {
    readonly [key: string]: FlowProps;
  };
  /**
   * Explicit addresses, keyed by site.
   *
   * @default {}
   */
  readonly at?: {
    readonly [key: string]: ZoneAtSiteProps;
  };
}
/**
 * One TLS service of a zone.
 */
export interface EndpointProps {
  /**
   * TCP port on which clients connect.
   */
  readonly port: number;
  /**
   * DNS names that clients send; any other is refused. The first names the certificate.
   *
   * @minItems 1
   */
  readonly serverNames: readonly string[];
  /**
   * What is spoken inside TLS: decides ALPN, time-outs and how sessions are drained.
   */
  readonly protocol: 'fix' | 'https' | 'grpc' | 'tcp';
  /**
   * Whether a client must present a certificate of the client authority.
   *
   * @default "none"
   */
  readonly clientAuthentication?: 'none' | 'required';
  /**
   * Key algorithms of the certificates served side by side, at most one of each key type.
   *
   * @default ["ecdsa-p256"]
   *
   * @minItems 1
   */
  readonly keyAlgorithms?: readonly ('ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'ml-dsa-65' | 'ml-dsa-87')[];
  /**
   * Highest expected rate of new TLS sessions, per second and site.
   *
   * @default 50
   */
  readonly peakNewSessionsPerSecond?: number;
  /**
   * Share of new sessions that resume an earlier one.
   *
   * @default 0
   */
  readonly resumptionRatio?: number;
  /**
   * Most sessions open at the same time, per site.
   *
   * @default 1000
   */
  readonly concurrentSessions?: number;
  readonly latencyBudget?: LatencyBudgetProps;
  /**
   * How long open sessions may go on once an instance stops, in seconds.
   *
   * @default - 300 for FIX, else 30.
   */
  readonly drainSeconds?: number;
  /**
   * After how long without traffic a session is closed, in seconds.
   *
   * @default 350
   */
  readonly idleTimeoutSeconds?: number;
  readonly backend: BackendProps;
  /**
   * At cloud sites, TLS is ended by the network load balancer's own listener in place of the tier: weaker in strict SNI, stapling and logs.
   */
  readonly managed?: {
    /**
     * Per cloud site, the ACM certificate that the listener serves.
     */
    readonly certificates: {
      readonly [key: string]: string;
    };
  };
}
/**
 * How long the tier may take over a handshake.
 */
export interface LatencyBudgetProps {
  /**
   * The longest that a handshake may keep a client waiting on the tier, in microseconds of queueing and service.
   */
  readonly microseconds: number;
  /**
   * The share of handshakes that must meet the budget.
   *
   * @default 0.99
   */
  readonly percentile?: number;
}
/**
 * The servers behind an endpoint.
 */
export interface BackendProps {
  /**
   * Port on which every server of the backend listens.
   */
  readonly port: number;
  /**
   * Per site, the servers keyed by name: IPv4 address or DNS name.
   */
  readonly servers: {
    readonly [key: string]: {
      readonly [key: string]: string;
    };
  };
  /**
   * On-prem, the labels of the pods in the zone that are the backend, where its servers are named by the DNS names of Services.
   */
  readonly podLabels?: {
    readonly [key: string]: string;
  };
  /**
   * On-prem, the port on which those pods listen, where their Service has another.
   *
   * @default - the same port.
   */
  readonly podPort?: number;
  /**
   * Name sent to the servers and verified in their certificates.
   *
   * @default - the endpoint's first server name.
   */
  readonly serverName?: string;
  /**
   * Whether the PROXY protocol, version 2, carries the client's address and certificate name to the server.
   *
   * @default "none"
   */
  readonly clientIdentity?: 'none' | 'proxy-v2';
  /**
   * Leaves the connection to the backend unencrypted, with a stated reason.
   *
   * @default - it is encrypted again and the server verified.
   */
  readonly plain?: {
    /**
     * Why the traffic behind the tier may be in clear text.
     */
    readonly reason: string;
  };
}
/**
 * The permission to open connections to endpoints of a zone.
 */
export interface FlowProps {
  /**
   * Ids of the endpoints that may be reached.
   *
   * @default - every endpoint of the zone.
   *
   * @minItems 1
   */
  readonly endpoints?: readonly string[];
  /**
   * `site`: only from the zone's part at the same site; `estate`: from its part at every linked site too. Says nothing about an external.
   *
   * @default "site"
   */
  readonly scope?: 'site' | 'estate';
}
/**
 * Explicit addresses of a zone at one site.
 */
export interface ZoneAtSiteProps {
  /**
   * Cloud: the zone's block.
   *
   * @default - the slot-th block of the site.
   */
  readonly cidr?: string;
  /**
   * Cloud, in an existing VPC: per availability zone, the existing subnets of the balancer and of the tier.
   */
  readonly subnets?: {
    readonly [key: string]: {
      readonly balancer: string;
      readonly tier: string;
    };
  };
  /**
   * On-prem: addresses of the zone's load balancer.
   *
   * @default - the slot-th block of the site's.
   */
  readonly loadBalancerCidr?: string;
  /**
   * On-prem: addresses with which the zone leaves the cluster.
   *
   * @default - the slot-th block of the site's.
   */
  readonly egressCidr?: string;
}
/**
 * A named network outside: clients, an exchange, a vendor.
 */
export interface ExternalProps {
  /**
   * IPv4 blocks of the network.
   *
   * @minItems 1
   */
  readonly cidrs: readonly string[];
  /**
   * Ids of the sites at which it arrives.
   *
   * @default - all.
   *
   * @minItems 1
   */
  readonly sites?: readonly string[];
}
/**
 * What joins two sites; without one nothing crosses.
 */
export interface LinkProps {
  /**
   * Ids of the two sites.
   *
   * @minItems 2
   * @maxItems 2
   */
  readonly between: [string, string];
  /**
   * What joins the sites; `private` is a line between two sites on-prem.
   */
  readonly kind: 'transit-gateway' | 'virtual-private-gateway' | 'direct-connect' | 'private';
  /**
   * Per cloud site, the id of the transit gateway to which its VPC is attached.
   */
  readonly transitGateway?: {
    readonly [key: string]: string;
  };
  /**
   * Per cloud site, the id of the virtual private gateway.
   */
  readonly virtualPrivateGateway?: {
    readonly [key: string]: string;
  };
  /**
   * Id of the Direct Connect gateway.
   */
  readonly directConnectGateway?: string;
  /**
   * Per site, the blocks that it announces to the other.
   */
  readonly prefixes: {
    /**
     * @minItems 1
     */
    readonly [key: string]: readonly string[];
  };
  /**
   * Largest packet, in bytes.
   *
   * @default 1500
   */
  readonly mtu?: number;
  /**
   * Round trip, in milliseconds.
   */
  readonly roundTripMilliseconds: number;
}
