import { describe, expect, it } from 'vitest';
import { contains } from '../../../lib/core/addresses';
import type { CloudSitePlan, EstatePlan } from '../../../lib/estate/plan-schema';
import type { NetworkAclPlan } from '../../../lib/zones/plan-schema';
import { groupRules } from '../../../lib/zones/walls/group-rules';
import { networkAcls } from '../../../lib/zones/walls/network-acl';
import { plannedRules, wallsOf as plannedWallsOf } from '../../../lib/zones/walls/plan';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

function cloudOf(plan: EstatePlan): CloudSitePlan {
  const site = plan.sites.find(({ kind }) => kind === 'cloud');
  if (site?.kind !== 'cloud') throw new Error('the fixture has a site in the cloud');
  return site;
}

function wallsOf(plan: EstatePlan): NetworkAclPlan[] {
  return networkAcls(cloudOf(plan), plan.links, plan.externals);
}

function around(acls: readonly NetworkAclPlan[], zone: string): NetworkAclPlan {
  const found = acls.find(({ zones }) => zones.includes(zone));
  if (!found) throw new Error(`no network ACL around ${zone}`);
  return found;
}

/** Whether a network ACL allows a connection and its reply. */
function admits({ ingress, egress }: NetworkAclPlan, cidr: string, port: number): boolean {
  const lets = (entries: NetworkAclPlan['ingress'], wanted: number) =>
    entries.some((entry) => entry.protocol === 'TCP' && contains(entry.cidr, cidr) && entry.fromPort <= wanted && wanted <= entry.toPort);
  return lets(ingress, port) && [1_024, 32_768, 65_535].every((reply) => lets(egress, reply));
}

const plan = plannedTwoSites();
const site = cloudOf(plan);

describe('network ACLs of a cloud site', () => {
  it('are one per trust level and bucket of eight slots', () => {
    expect(wallsOf(plan).map(({ bucket, trustLevel, zones }) => [bucket, trustLevel, zones])).toEqual([
      [0, 'post-trade', ['risk']],
      [0, 'trading', ['orders']],
      [1, 'post-trade', ['batch']],
    ]);
  });

  it('allow every planned flow and every health check', () => {
    const blocks = new Map(site.zones.map(({ id, addresses }) => [id, addresses.cidr]));
    for (const zone of site.zones) {
      const acl = around(wallsOf(plan), zone.id);
      expect(admits(acl, zone.addresses.cidr, 8_404)).toBe(true);
      for (const { location, source, cidrs, port } of zone.inbound) {
        for (const cidr of location === 'same-site' ? [blocks.get(source) ?? ''] : cidrs) expect(admits(acl, cidr, port)).toBe(true);
      }
    }
  });

  it('deny sources without a flow', () => {
    const acl = around(wallsOf(plan), 'orders');
    expect(admits(acl, '198.51.101.0/24', 9_443)).toBe(false);
    expect(admits(acl, '10.64.36.0/22', 9_443)).toBe(false);
    expect(admits(acl, '10.41.0.0/28', 9_443)).toBe(false);
    expect(admits(acl, '3.5.136.0/22', 9_443)).toBe(false);
  });

  it('give each rule a unique number below that of the default deny', () => {
    for (const { ingress, egress } of wallsOf(plan)) {
      for (const entries of [ingress, egress]) {
        const numbers = entries.map(({ ruleNumber }) => ruleNumber);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(Math.max(...numbers)).toBeLessThan(32_767);
      }
    }
  });

  it('keep their entries when a zone and an external are added', () => {
    const raw = twoSites();
    Object.assign(raw.externals, { custodians: { cidrs: ['203.0.113.0/24', '192.0.2.0/24'] } });
    Object.assign(raw.zones, { alpha: { purpose: 'market-data', criticality: 'high', sites: ['cloud', 'frankfurt'], slot: 2 } });
    Object.assign(raw.zones.risk.allowFrom, { alpha: {}, custodians: {} });
    const later = wallsOf(planned(raw));
    for (const zone of ['orders', 'risk', 'batch']) {
      expect(around(later, zone).ingress).toEqual(expect.arrayContaining([...around(wallsOf(plan), zone).ingress]));
      expect(around(later, zone).egress).toEqual(expect.arrayContaining([...around(wallsOf(plan), zone).egress]));
    }
  });
});

describe('security group rules of a cloud site', () => {
  const rules = groupRules(site);
  const ids = rules.map(({ id }) => id);

  it('are unique and sorted by id', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
  });

  it('include an ingress rule for every egress rule between two groups', () => {
    const key = (owner: unknown, peer: unknown, port: number) => JSON.stringify([owner, peer, port]);
    const accepted = new Set(
      rules.filter(({ direction }) => direction === 'ingress').map(({ owner, peer, fromPort }) => key(peer, owner, fromPort)),
    );
    const opened = rules.filter(({ direction, peer }) => direction === 'egress' && ['zone', 'endpoints', 'platform'].includes(peer.kind));
    expect(opened.length).toBeGreaterThan(10);
    for (const { owner, peer, fromPort } of opened) expect(accepted).toContain(key(owner, peer, fromPort));
  });

  it('refer to security groups for each hop from source to load balancer, tier and backend in the VPC', () => {
    expect(ids).toEqual(
      expect.arrayContaining([
        'orders.workload egress tcp/8443 to risk.balancer',
        'risk.balancer ingress tcp/8443 from orders.workload',
        'risk.balancer ingress tcp/8443 from 10.41.0.0/28',
        'risk.balancer egress tcp/8443 to risk.tier',
        'risk.balancer egress tcp/8404 to risk.tier',
        'risk.tier ingress tcp/8443 from risk.balancer',
        'risk.tier egress tcp/8500 to risk.workload',
      ]),
    );
  });

  it("allow ingress to a tier's group from its own load balancer only", () => {
    const peers = rules.filter(({ owner, direction }) => owner.kind === 'zone' && owner.role === 'tier' && direction === 'ingress');
    for (const { owner, peer } of peers) expect(peer).toEqual({ ...owner, role: 'balancer' });
  });

  it('allow the load balancer of a managed endpoint to connect to the backend', () => {
    const raw = twoSites();
    Object.assign(raw.zones.orders.endpoints.status, {
      managed: { certificates: { cloud: 'arn:aws:acm:eu-central-1:111122223333:certificate/0f6a2b1c-7d3e-4a58-9b64-2c1d8e7f5a90' } },
    });
    const managed = groupRules(cloudOf(planned(raw))).map(({ id }) => id);
    expect(managed).toContain('orders.balancer egress tcp/8080 to orders.workload');
    expect(managed).not.toContain('orders.tier egress tcp/8080 to orders.workload');
  });

  it("do not change the security group of an existing VPC's endpoints", () => {
    const existing = { ...site, vpc: { id: 'vpc-0f1e2d3c4b5a69788' } };
    expect(groupRules(existing).filter(({ owner }) => owner.kind === 'endpoints')).toEqual([]);
    expect(rules.filter(({ owner }) => owner.kind === 'endpoints').map(({ id }) => id)).toEqual([
      'endpoints ingress tcp/443 from platform',
    ]);
  });
});

describe('the walls in the plan', () => {
  it('hold every rule of the security groups once, with the id and description that backends emit', () => {
    const site = cloudOf(plannedTwoSites());
    expect(plannedRules(plannedWallsOf(site))).toEqual(groupRules(site));
  });

  it('are missed with a reason in a plan that was written before they were part of it', () => {
    expect(() => plannedWallsOf({ id: 'dublin' })).toThrow('the plan of site dublin has no walls');
  });
});
