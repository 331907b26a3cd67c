/** Number of preceding zones that may connect to a zone. */
const neighbours = 3;

function zone(slot: number) {
  const third = Math.floor(slot / 64);
  const cloudBlock = `10.${16 + third}.${(slot % 64) * 4 + 3}`;
  return {
    purpose: 'algorithmic-trading',
    criticality: 'high',
    sites: ['own', 'cloud'],
    slot,
    endpoints: {
      api: {
        port: 8443,
        serverNames: [`api.zone-${slot}.example.com`],
        protocol: 'https',
        backend: {
          port: 8080,
          servers: {
            own: { a: `10.9.${Math.floor(slot / 250)}.${(slot % 250) + 1}` },
            cloud: { a: `${cloudBlock}.10`, b: `${cloudBlock}.11` },
          },
        },
      },
    },
    allowFrom: Object.fromEntries(
      Array.from({ length: Math.min(neighbours, slot) }, (_, index) => [
        `zone-${slot - index - 1}`,
        { scope: index === 0 ? 'estate' : 'site' },
      ]),
    ),
  };
}

/**
 * A description of zones at two sites. The three preceding zones may connect to each zone, one of them also across the link.
 *
 * The address block of the cloud site is a /12, which is wider than a VPC can be, so that 1,000 zones of the usual size fit.
 */
export function description(zones: number) {
  return {
    estate: 'benchmark',
    haproxy: { imageDigest: `sha256:${'ab'.repeat(32)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
    sites: {
      own: {
        kind: 'on-prem',
        context: 'own',
        clusterIdentity: 'own',
        podCidr: '10.64.0.0/14',
        nodeCidr: '10.80.0.0/20',
        serviceCidr: '10.96.0.0/16',
        failureDomains: { names: ['a', 'b'] },
        loadBalancerCidr: '10.112.0.0/18',
        egressCidr: '10.113.0.0/18',
        imageRepository: 'registry.example.com/haproxy',
      },
      cloud: {
        kind: 'cloud',
        account: '111122223333',
        region: 'eu-west-1',
        availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
        cidr: '10.16.0.0/12',
        s3: { prefixList: 'pl-6da54004', cidrs: ['3.5.64.0/21'] },
        instanceTypes: { software: ['c7i.large', 'c7i.xlarge'] },
        machineImageParameter: '/benchmark/image',
        imageRepository: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/haproxy',
      },
    },
    links: {
      backbone: {
        between: ['own', 'cloud'],
        kind: 'transit-gateway',
        transitGateway: { cloud: 'tgw-0a1b2c3d4e5f60718' },
        prefixes: { own: ['10.112.0.0/18', '10.113.0.0/18'], cloud: ['10.16.0.0/12'] },
        roundTripMilliseconds: 10,
      },
    },
    zones: Object.fromEntries(Array.from({ length: zones }, (_, slot) => [`zone-${slot}`, zone(slot)])),
  };
}
