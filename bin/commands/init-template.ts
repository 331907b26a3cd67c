/** Returns the YAML of a small estate with a site of each kind, a link and one zone. */
export function estateTemplate(name: string): string {
  return `# yaml-language-server: $schema=./estate.schema.json
#
# Check this file:             npx diptych check
# Write both halves:           npx cdk synth
# Look up an attribute:        hover over it in the editor, or npx diptych schema

estate: ${name}

haproxy:
  # Image that every tier runs at every site.
  imageDigest: sha256:${'0'.repeat(64)}
  version: "3.0"
  tlsLibrary: { name: openssl, version: "3.5" }

sites:
  own:
    kind: on-prem
    context: own-production
    clusterIdentity: ${name}-own
    podCidr: 10.64.0.0/16
    nodeCidr: 10.80.0.0/22
    serviceCidr: 10.96.0.0/16
    failureDomains: { names: [room-1, room-2] }
    loadBalancerCidr: 10.112.0.0/22
    egressCidr: 10.113.0.0/22
    imageRepository: registry.example.net/platform/haproxy
    # Terraform keeps its state in Secrets of this namespace, which must already exist.
    terraformBackend: { kind: kubernetes, namespace: terraform-state }

  cloud:
    kind: cloud
    account: "000000000000"
    region: eu-west-1
    availabilityZones: [eu-west-1a, eu-west-1b]
    cidr: 10.16.0.0/16
    transitGateway: tgw-00000000000000000
    s3: { prefixList: pl-6da54004, cidrs: [3.5.64.0/21, 52.218.0.0/17] }
    instanceTypes: { software: [c7i.large, c7i.xlarge, c7i.2xlarge] }
    machineImageParameter: /${name}/images/tls-tier
    imageRepository: 000000000000.dkr.ecr.eu-west-1.amazonaws.com/platform/haproxy

links:
  own-cloud:
    between: [own, cloud]
    kind: transit-gateway
    transitGateway: { cloud: tgw-00000000000000000 }
    prefixes: { own: [10.112.0.0/22, 10.113.0.0/22], cloud: [10.16.0.0/16] }
    roundTripMilliseconds: 10

externals:
  clients: { cidrs: [192.0.2.0/24] }

zones:
  client-access:
    purpose: client-access
    criticality: high
    sites: [own, cloud]
    # Selects the address block of the zone at every site. The next zone takes the lowest free slot, which is 1.
    slot: 0
    endpoints:
      api:
        port: 443
        serverNames: [api.${name}.example]
        protocol: https
        peakNewSessionsPerSecond: 100
        backend:
          port: 8443
          servers:
            own: { api: 10.118.0.10 }
            cloud: { api-a: 10.16.0.200, api-b: 10.16.1.200 }
    allowFrom:
      clients: {}
`;
}
