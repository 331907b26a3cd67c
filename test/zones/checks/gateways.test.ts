import { describe, expect, it } from 'vitest';
import { preconditions } from '../../../lib/estate/summary/preconditions';
import { differingGateways } from '../../../lib/zones/checks/gateways';
import { planned, twoSites } from '../../fixtures/two-sites';

type Raw = ReturnType<typeof twoSites>;

function warnings(raw: Raw): string[] {
  const { sites, links } = planned(raw);
  return differingGateways(sites, links).map(({ path, conflictsWith }) => `${path} and ${conflictsWith?.path}`);
}

/** The estate with a second cloud site in another region, and a link between the two cloud sites. */
function withSecondRegion(gateway: string): Raw {
  const raw = twoSites();
  const dublin = {
    ...raw.sites.cloud,
    region: 'eu-west-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    cidr: '10.65.0.0/16',
    transitGateway: gateway,
    imageRepository: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/diptych/haproxy',
  };
  const peering = {
    between: ['cloud', 'dublin'],
    kind: 'transit-gateway',
    transitGateway: { cloud: raw.sites.cloud.transitGateway, dublin: gateway },
    prefixes: { cloud: ['10.64.0.0/16'], dublin: ['10.65.0.0/16'] },
    roundTripMilliseconds: 20,
  };
  Object.assign(raw.sites, { dublin });
  Object.assign(raw.links, { peering });
  return raw;
}

describe('the warning about several transit gateways of a site', () => {
  it('is given if a link names another gateway than the site', () => {
    const raw = twoSites();
    Object.assign(raw.links.backbone, { transitGateway: { cloud: 'tgw-0123456789abcdef1' } });
    expect(warnings(raw)).toEqual(['links/backbone/transitGateway/cloud and sites/cloud/transitGateway']);
  });

  it('is given if two links of a site name different gateways', () => {
    const raw = withSecondRegion('tgw-0fedcba9876543210');
    Reflect.deleteProperty(raw.sites.cloud, 'transitGateway');
    Object.assign(raw.externals.members, { sites: ['frankfurt'] });
    Object.assign(raw.links.backbone, { transitGateway: { cloud: 'tgw-0123456789abcdef1' } });
    expect(warnings(raw)).toEqual(['links/peering/transitGateway/cloud and links/backbone/transitGateway/cloud']);
  });

  it('is not given if a site and its links name the same gateway', () => {
    expect(warnings(withSecondRegion('tgw-0fedcba9876543210'))).toEqual([]);
  });
});

describe('the preconditions of a link through transit gateways', () => {
  it('name both gateways and their peering if the sites have one each', () => {
    const plan = planned(withSecondRegion('tgw-0fedcba9876543210'));
    const [cloud, dublin] = plan.sites;
    if (!cloud || !dublin) throw new Error('the plan has no cloud sites');
    expect(preconditions(plan, cloud)).toContain(
      'Transit gateway tgw-0123456789abcdef0 of link peering is peered with tgw-0fedcba9876543210 of site dublin and has routes to 10.65.0.0/16.',
    );
    expect(preconditions(plan, dublin)).toContain(
      'Transit gateway tgw-0fedcba9876543210 of link peering is peered with tgw-0123456789abcdef0 of site cloud and has routes to 10.64.0.0/16.',
    );
  });

  it('name the gateway and the blocks of a site on-prem', () => {
    const plan = planned(twoSites());
    const [cloud] = plan.sites;
    if (!cloud) throw new Error('the plan has no cloud site');
    expect(preconditions(plan, cloud)).toContain(
      'Transit gateway tgw-0123456789abcdef0 of link backbone has routes to 10.40.0.0/20, 10.41.0.0/20, the blocks of site frankfurt.',
    );
  });
});
