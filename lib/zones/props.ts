/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

/**
 * A network segment with one purpose, one criticality and one TLS profile.
 */
export interface ZoneProps {
  /**
   * Purpose of the zone.
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
   * Criticality of the zone. Determines deletion protection and pod priority.
   */
  readonly criticality: 'critical' | 'high' | 'standard';
  /**
   * Trust level of the zone. Zones of one level share a network ACL.
   *
   * @default - by purpose.
   */
  readonly trustLevel?: 'exposed' | 'trading' | 'post-trade' | 'management';
  /**
   * Ids of the sites where the zone exists.
   *
   * @minItems 1
   */
  readonly sites: readonly string[];
  /**
   * Index of the zone's address block at every site. Adding or removing a zone does not change the blocks of other zones.
   */
  readonly slot: number;
  /**
   * Name of the TLS profile.
   *
   * @default "strict"
   */
  readonly profile?: string;
  /**
   * Whether hardware accelerates TLS handshakes. `auto` decides with the sizing model and records the reason.
   *
   * @default "auto"
   */
  readonly acceleration?: 'auto' | 'hardware' | 'software';
  /**
   * Whether instances get exclusive CPU cores.
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
   * Flows that the zone allows, keyed by the id of the source zone or external. All other connections are denied.
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
   * TCP port to which clients connect.
   */
  readonly port: number;
  /**
   * DNS names (SNI) that clients may request; all others are rejected. The first is the name of the certificate.
   *
   * @minItems 1
   */
  readonly serverNames: readonly string[];
  /**
   * Application protocol inside TLS. Determines ALPN, timeouts and session draining.
   */
  readonly protocol: 'fix' | 'https' | 'grpc' | 'tcp';
  /**
   * Whether clients must present a certificate issued by the client CA.
   *
   * @default "none"
   */
  readonly clientAuthentication?: 'none' | 'required';
  /**
   * Key algorithms of the certificates that the endpoint serves, at most one of each key type.
   *
   * @default ["ecdsa-p256"]
   *
   * @minItems 1
   */
  readonly keyAlgorithms?: readonly ('ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'ml-dsa-65' | 'ml-dsa-87')[];
  /**
   * Expected peak rate of new TLS sessions, per second and site.
   *
   * @default - 50.
   */
  readonly peakNewSessionsPerSecond?: number;
  /**
   * Fraction of new sessions that resume an earlier session.
   *
   * @default - 0.
   */
  readonly resumptionRatio?: number;
  /**
   * Maximum number of concurrent sessions, per site. Each instance refuses sessions beyond one and a half times this number, because clients that reconnect leave their old sessions open.
   *
   * @default - 20 for each new session per second at the peak, and at least 1,000.
   */
  readonly concurrentSessions?: number;
  readonly perExternalAddress?: PerExternalAddressProps;
  readonly latencyBudget?: LatencyBudgetProps;
  /**
   * Time that open sessions have to finish when an instance stops, in seconds.
   *
   * @default - 300 for FIX, 30 for other protocols.
   */
  readonly drainSeconds?: number;
  /**
   * Time without traffic after which a session is closed, in seconds.
   *
   * @default 350
   */
  readonly idleTimeoutSeconds?: number;
  readonly backend: BackendProps;
  /**
   * At cloud sites, terminates TLS on the network load balancer instead of the tier. SNI checks, OCSP stapling and logs are weaker there.
   */
  readonly managed?: {
    /**
     * ARN of the ACM certificate of the listener, per cloud site.
     */
    readonly certificates: {
      readonly [key: string]: string;
    };
  };
}
/**
 * Limits of an instance for each address of the externals that may connect to an endpoint.
 */
export interface PerExternalAddressProps {
  /**
   * Maximum number of concurrent sessions of one address.
   *
   * @default - half of those of the endpoint, or all if the externals have one address only.
   */
  readonly concurrentSessions?: number;
  /**
   * Maximum rate of new connections of one address, per second, averaged over ten seconds.
   *
   * @default - half of the peak of the endpoint, or all of it if the externals have one address only.
   */
  readonly newSessionsPerSecond?: number;
}
/**
 * Time that the tier may take for a handshake.
 *
 * @default - 50,000 microseconds for 99% of handshakes.
 */
export interface LatencyBudgetProps {
  /**
   * Maximum time that the tier may take for a handshake, in microseconds, including queueing.
   */
  readonly microseconds: number;
  /**
   * Fraction of handshakes that must meet the budget.
   *
   * @default 0.99
   */
  readonly percentile?: number;
}
/**
 * Servers behind an endpoint.
 */
export interface BackendProps {
  /**
   * Port on which every server listens.
   */
  readonly port: number;
  /**
   * Servers per site, keyed by name. Each is an IPv4 address or a complete DNS name, of which the tier uses one address. On-prem, the DNS name is that of a Service.
   */
  readonly servers: {
    readonly [key: string]: {
      readonly [key: string]: string;
    };
  };
  /**
   * On-prem: labels of the backend pods in the namespace of the zone. Required if servers at a site are DNS names of Services or addresses in the cluster, and without effect at other sites.
   */
  readonly podLabels?: {
    readonly [key: string]: string;
  };
  /**
   * On-prem: port on which the backend pods listen.
   *
   * @default - the port of the backend.
   */
  readonly podPort?: number;
  /**
   * Server name (SNI) that the tier sends to the servers and verifies in their certificates.
   *
   * @default - the endpoint's first server name.
   */
  readonly serverName?: string;
  /**
   * How the tier passes the client's address and certificate name to the server: not at all, or with the PROXY protocol version 2.
   *
   * @default "none"
   */
  readonly clientIdentity?: 'none' | 'proxy-v2';
  /**
   * Disables TLS between the tier and the backend, with a stated reason.
   *
   * @default - the tier re-encrypts and verifies the server.
   */
  readonly plain?: {
    /**
     * Reason why traffic between the tier and the backend may be unencrypted.
     */
    readonly reason: string;
  };
}
/**
 * Permission to connect to endpoints of a zone.
 */
export interface FlowProps {
  /**
   * Ids of the endpoints that the source may connect to.
   *
   * @default - every endpoint of the zone.
   *
   * @minItems 1
   */
  readonly endpoints?: readonly string[];
  /**
   * `site` allows connections from the source zone at the same site, `estate` also from linked sites. Has no effect on externals.
   *
   * @default "site"
   */
  readonly scope?: 'site' | 'estate';
  /**
   * Ids of the sites between which the flow is allowed. Both ends must be at one of them.
   *
   * @default - all sites of both ends.
   *
   * @minItems 1
   */
  readonly sites?: readonly string[];
}
/**
 * Explicit addresses of a zone at one site.
 */
export interface ZoneAtSiteProps {
  /**
   * Cloud: block of the zone.
   *
   * @default - the block of the site at the index given by slot.
   */
  readonly cidr?: string;
  /**
   * Cloud, in an existing VPC: existing subnets of the load balancer and the tier, per availability zone.
   */
  readonly subnets?: {
    readonly [key: string]: {
      readonly balancer: string;
      readonly tier: string;
    };
  };
  /**
   * On-prem: addresses of the zone's load balancers.
   *
   * @default - the block of the site's loadBalancerCidr at the index given by slot.
   */
  readonly loadBalancerCidr?: string;
  /**
   * On-prem: source addresses of the zone's connections that leave the cluster.
   *
   * @default - the block of the site's egressCidr at the index given by slot.
   */
  readonly egressCidr?: string;
}
/**
 * A network outside the estate, such as clients, an exchange or a vendor.
 */
export interface ExternalProps {
  /**
   * IPv4 blocks of the network.
   *
   * @minItems 1
   */
  readonly cidrs: readonly string[];
  /**
   * Ids of the sites where its traffic arrives.
   *
   * @default - all sites.
   *
   * @minItems 1
   */
  readonly sites?: readonly string[];
}
/**
 * A network connection between two sites. Sites without a link cannot reach each other.
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
   * Kind of connection. `private` is a line between two on-prem sites.
   */
  readonly kind: 'transit-gateway' | 'virtual-private-gateway' | 'direct-connect' | 'private';
  /**
   * Id of the transit gateway to which the VPC is attached, per cloud site.
   */
  readonly transitGateway?: {
    readonly [key: string]: string;
  };
  /**
   * Id of the virtual private gateway, per cloud site.
   */
  readonly virtualPrivateGateway?: {
    readonly [key: string]: string;
  };
  /**
   * Id of the Direct Connect gateway.
   */
  readonly directConnectGateway?: string;
  /**
   * Blocks that each site announces to the other, per site.
   */
  readonly prefixes: {
    /**
     * @minItems 1
     */
    readonly [key: string]: readonly string[];
  };
  /**
   * Maximum transmission unit, in bytes.
   *
   * @default 1500
   */
  readonly mtu?: number;
  /**
   * Round-trip time, in milliseconds.
   */
  readonly roundTripMilliseconds: number;
}
