import { CloudSite, type Estate, External, Link, OnPremSite } from 'diptych';

/** The sites of Meridian: its Kubernetes cluster in Basildon, its AWS account in Dublin, and the link between them. */
export function addSites(estate: Estate) {
  const basildon = new OnPremSite(estate, 'basildon', {
    context: 'basildon-production',
    clusterIdentity: 'meridian-basildon',
    podCidr: '10.64.0.0/16',
    nodeCidr: '10.80.0.0/22',
    serviceCidr: '10.96.0.0/16',
    failureDomains: { names: ['hall-a', 'hall-b'] },
    loadBalancerCidr: '10.112.0.0/22',
    egressCidr: '10.113.0.0/22',
    hardware: { generation: 'qat-gen4', nodesPerFailureDomain: 4, devicesPerNode: 8 },
    imageRepository: 'registry.basildon.meridian.example/platform/haproxy',
    terraformBackend: { kind: 'kubernetes', namespace: 'terraform-state' },
  });
  const dublin = new CloudSite(estate, 'dublin', {
    account: '111122223333',
    region: 'eu-west-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.16.0.0/16',
    transitGateway: 'tgw-0a1b2c3d4e5f60718',
    s3: { prefixList: 'pl-6da54004', cidrs: ['3.5.64.0/21', '52.218.0.0/17', '52.92.0.0/17'] },
    instanceTypes: { software: ['c7i.large', 'c7i.xlarge', 'c7i.2xlarge', 'c7i.4xlarge'], hardware: ['c7i.metal-24xl'] },
    machineImageParameter: '/meridian/images/tls-tier',
    imageRepository: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/platform/haproxy',
    tags: { 'cost-centre': 'trading-platform', 'data-classification': 'confidential' },
  });
  new Link(estate, 'basildon-dublin', {
    between: [basildon, dublin],
    kind: 'transit-gateway',
    transitGateway: { dublin: 'tgw-0a1b2c3d4e5f60718' },
    prefixes: { basildon: ['10.112.0.0/22', '10.113.0.0/22'], dublin: ['10.16.0.0/16'] },
    mtu: 8500,
    roundTripMilliseconds: 11.5,
  });
  return { basildon, dublin };
}

/** External networks that connect to the estate. */
export function addExternals(estate: Estate) {
  return {
    // Brokers and market makers that enter orders from colocation cages in the same building.
    members: new External(estate, 'members', { cidrs: ['198.51.100.0/25'] }),
    // Banks that hold the firm's positions and send confirmations.
    custodians: new External(estate, 'custodians', { cidrs: ['203.0.113.0/26'] }),
    // Institutional clients, through the networks of their providers.
    clients: new External(estate, 'clients', { cidrs: ['192.0.2.0/24'] }),
    // The operations desks of the firm.
    operations: new External(estate, 'operations', { cidrs: ['10.200.0.0/22'] }),
  };
}
