import { type BackendProps, Estate, Zone, type ZoneOptions } from 'diptych';
import { addExternals, addSites } from './sites';

/** The estate of `estate.yaml`, written with constructs. */
export const estate = new Estate('meridian', {
  haproxy: {
    imageDigest: 'sha256:4f1c2d7a9be05386f2d8c1b7a64e09f35c8da1720b9e46f8d35a7c61e2904bfd',
    version: '3.0',
    tlsLibrary: { name: 'openssl', version: '3.5' },
    features: ['prometheus-exporter', 'provider-qat', 'provider-fips'],
  },
  profiles: {
    // Until their migration, two custodians only verify RSA signatures with PKCS #1 v1.5 padding, which is common with TLS 1.2.
    'settlement-partners': {
      base: 'strict',
      versions: ['TLSv1.2', 'TLSv1.3'],
      legacyCipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES128-GCM-SHA256'],
      signatureAlgorithms: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pkcs1_sha256'],
      weaker: { reason: 'Two custodians speak TLS 1.2 until their migration in autumn 2028', expires: '2028-10-31' },
    },
  },
});

const sites = Object.values(addSites(estate));
const { members, custodians, clients, operations } = addExternals(estate);

/** A zone that exists at both sites of Meridian. */
class MeridianZone extends Zone {
  constructor(id: string, options: Omit<ZoneOptions, 'sites'>) {
    super(estate, id, { ...options, sites });
  }
}

/** Two servers in Dublin, in different availability zones, in the address block of a slot. */
function pairInDublin(name: string, slot: number, host = 10): Record<string, string> {
  return { [`${name}-a`]: `10.16.${slot * 4 + 3}.${host}`, [`${name}-b`]: `10.16.${slot * 4 + 3}.${host + 128}` };
}

/** A backend with a Kubernetes Service in Basildon and two servers in Dublin. */
function service(name: string, dublin: Record<string, string>, podLabel: string, port = 8080): BackendProps {
  return {
    port,
    servers: { basildon: { [name.split('.')[0] ?? name]: `${name}.svc.cluster.local` }, dublin },
    podLabels: { app: podLabel },
  };
}

const marketData = new MeridianZone('market-data', { purpose: 'market-data', criticality: 'critical', slot: 1 });
marketData.addEndpoint('feed', {
  port: 7443,
  serverNames: ['feed.market-data.meridian.example'],
  protocol: 'tcp',
  peakNewSessionsPerSecond: 400,
  resumptionRatio: 0.6,
  concurrentSessions: 6000,
  latencyBudget: { microseconds: 20_000 },
  backend: { ...service('feed-handlers.market-data', pairInDublin('handler', 1), 'feed-handler', 7001), clientIdentity: 'proxy-v2' },
});

const hft = new MeridianZone('hft-order-entry', {
  purpose: 'high-frequency-order-entry',
  criticality: 'critical',
  slot: 2,
  profile: 'strict',
  acceleration: 'auto',
  pinnedCpus: true,
});
hft.addEndpoint('fix', {
  port: 9443,
  serverNames: ['fix.orders.meridian.example'],
  protocol: 'fix',
  clientAuthentication: 'required',
  // The gateways of members only verify RSA, and the membership agreement requires 4,096 bits.
  keyAlgorithms: ['rsa-4096'],
  // After a trading halt, all 40,000 sessions are opened again within a second.
  peakNewSessionsPerSecond: 40_000,
  resumptionRatio: 0.1,
  concurrentSessions: 40_000,
  latencyBudget: { microseconds: 2_400, percentile: 0.99 },
  drainSeconds: 600,
  idleTimeoutSeconds: 3_600,
  backend: {
    port: 9500,
    clientIdentity: 'proxy-v2',
    servers: { basildon: { 'gateway-a': '10.118.2.11', 'gateway-b': '10.118.2.12' }, dublin: pairInDublin('gateway', 2) },
  },
});

const algorithmic = new MeridianZone('algorithmic', { purpose: 'algorithmic-trading', criticality: 'critical', slot: 3 });
algorithmic.addEndpoint('control', {
  port: 8443,
  serverNames: ['control.algorithmic.meridian.example'],
  protocol: 'grpc',
  clientAuthentication: 'required',
  peakNewSessionsPerSecond: 120,
  resumptionRatio: 0.5,
  concurrentSessions: 2_000,
  latencyBudget: { microseconds: 15_000 },
  backend: service('strategies.algorithmic', pairInDublin('strategy', 3), 'strategy'),
});

const portfolio = new MeridianZone('long-term-portfolio', {
  purpose: 'long-term-portfolio',
  criticality: 'high',
  slot: 4,
  acceleration: 'auto',
});
portfolio.addEndpoint('rebalancing', {
  port: 8443,
  serverNames: ['rebalancing.portfolio.meridian.example'],
  protocol: 'https',
  peakNewSessionsPerSecond: 60,
  resumptionRatio: 0.7,
  concurrentSessions: 1_500,
  latencyBudget: { microseconds: 50_000, percentile: 0.99 },
  backend: service('portfolio.long-term-portfolio', pairInDublin('portfolio', 4), 'portfolio'),
});

// Positions and limits stay sensitive for longer than classical key exchange is expected to be secure.
const risk = new MeridianZone('risk', { purpose: 'risk', criticality: 'critical', slot: 5, profile: 'hybrid-pq' });
const limits = risk.addEndpoint('limits', {
  port: 8443,
  serverNames: ['limits.risk.meridian.example'],
  protocol: 'grpc',
  clientAuthentication: 'required',
  peakNewSessionsPerSecond: 250,
  resumptionRatio: 0.4,
  concurrentSessions: 3_000,
  latencyBudget: { microseconds: 10_000 },
  backend: service('limits.risk', pairInDublin('limits', 5), 'limits'),
});

const settlement = new MeridianZone('settlement', { purpose: 'settlement', criticality: 'high', slot: 6, profile: 'settlement-partners' });
settlement.addEndpoint('confirmations', {
  port: 9444,
  serverNames: ['confirmations.settlement.meridian.example'],
  protocol: 'fix',
  clientAuthentication: 'required',
  keyAlgorithms: ['ecdsa-p256', 'rsa-3072'],
  peakNewSessionsPerSecond: 40,
  resumptionRatio: 0.2,
  concurrentSessions: 800,
  backend: {
    port: 9500,
    clientIdentity: 'proxy-v2',
    servers: { basildon: { 'matching-a': '10.118.6.11', 'matching-b': '10.118.6.12' }, dublin: pairInDublin('matching', 6) },
  },
});

const clientAccess = new MeridianZone('client-access', { purpose: 'client-access', criticality: 'high', slot: 7 });
clientAccess.addEndpoint('api', {
  port: 443,
  serverNames: ['api.clients.meridian.example'],
  protocol: 'https',
  clientAuthentication: 'required',
  peakNewSessionsPerSecond: 300,
  resumptionRatio: 0.6,
  concurrentSessions: 8_000,
  backend: service('portal-api.client-access', pairInDublin('api', 7), 'portal-api'),
});
// Downloads of statements can use the TLS listener of the load balancer, whose certificate is renewed automatically.
clientAccess.addEndpoint('statements', {
  port: 8443,
  serverNames: ['statements.clients.meridian.example'],
  protocol: 'https',
  peakNewSessionsPerSecond: 80,
  resumptionRatio: 0.5,
  concurrentSessions: 2_000,
  managed: { certificates: { dublin: 'arn:aws:acm:eu-west-1:111122223333:certificate/0f6a2b1c-7d3e-4a58-9b64-2c1d8e7f5a90' } },
  backend: service('statements.client-access', pairInDublin('statements', 7, 11), 'portal-api', 8081),
});

const management = new MeridianZone('management', { purpose: 'management', criticality: 'high', slot: 8, profile: 'fips' });
management.addEndpoint('console', {
  port: 443,
  serverNames: ['console.management.meridian.example'],
  protocol: 'https',
  clientAuthentication: 'required',
  peakNewSessionsPerSecond: 10,
  resumptionRatio: 0.5,
  concurrentSessions: 200,
  backend: service('console.management', pairInDublin('console', 8), 'console'),
});

marketData.allowFrom(hft).allowFrom(algorithmic).allowFrom(risk, { scope: 'estate' });
hft.allowFrom(members).allowFrom(algorithmic, { scope: 'estate' });
algorithmic.allowFrom(risk, { scope: 'estate' }).allowFrom(management);
portfolio.allowFrom(clientAccess).allowFrom(risk);
risk
  .allowFrom(hft, { endpoints: [limits] })
  .allowFrom(algorithmic, { scope: 'estate' })
  .allowFrom(portfolio);
settlement.allowFrom(custodians).allowFrom(risk);
clientAccess.allowFrom(clients);
management.allowFrom(operations);
