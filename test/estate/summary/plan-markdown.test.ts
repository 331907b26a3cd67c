import { describe, expect, it } from 'vitest';
import { planMarkdown } from '../../../lib/estate/summary/plan-markdown';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

function linesOf(text: string): string[] {
  return text.split('\n');
}

describe('plan.md', () => {
  const text = planMarkdown(plannedTwoSites());

  it('plan.md begins with the number of zones, endpoints, flows and tiers of each site', () => {
    const [cloud, frankfurt] = plannedTwoSites().sites.map(({ tiers }) => tiers.reduce((sum, { instances }) => sum + instances, 0));
    expect(text.indexOf('## Overview')).toBeLessThan(text.indexOf('## Externals'));
    expect(linesOf(text)).toContain(`| cloud | cloud | 3 | 3 | 5 | 0 | 2 | 0 | ${cloud} |`);
    expect(linesOf(text)).toContain(`| frankfurt | on-prem | 3 | 3 | 5 | 0 | 2 | 0 | ${frankfurt} |`);
  });

  it('plan.md has a diagram with one arrow for each source and zone, which names the endpoints', () => {
    const [, mermaid = ''] = /```mermaid\n(.*?)```/s.exec(text) ?? [];
    expect(linesOf(mermaid).filter((line) => line.includes('-->'))).toEqual([
      '  external_members -->|fix| zone_orders',
      '  zone_batch -->|checks| zone_risk',
      '  zone_orders -->|checks| zone_risk',
      '  zone_risk -->|status| zone_orders',
    ]);
    expect(linesOf(mermaid)).toContain('  zone_batch["batch"]');
  });

  it('plan.md shows how many instances of a tier may be down, and the gateways of links', () => {
    expect(text).toMatch(/^\| risk \| software \| 2, at most 1 down at a time, up to \d+ under load \|/m);
    expect(linesOf(text)).toContain('| backbone | cloud | tgw-0123456789abcdef0 |');
  });

  it('plan.md lists the permitted connections of each site, one per line', () => {
    expect(linesOf(text)).toEqual(
      expect.arrayContaining([
        '| risk/checks | 8443 | orders | here |',
        '| risk/checks | 8443 | orders at frankfurt (10.41.0.0/28) | link backbone |',
        '| risk/checks | 8443 | orders at cloud (10.64.0.0/22) | link backbone |',
        '| orders/fix | 9443 | members (198.51.100.0/24) | outside |',
      ]),
    );
  });

  it('plan.md has a matrix of the permitted connections', () => {
    expect(linesOf(text)).toContain('| From | orders/fix | orders/status | risk/checks |');
    expect(linesOf(text)).toContain('| orders |  |  | here and link |');
  });

  it('plan.md contains the reason for a backend without TLS', () => {
    expect(text).toContain('in clear text: read-only status page without client data');
  });

  it('plan.md contains the reason and the expiry date of a weaker profile', () => {
    const weaker = { reason: 'One custodian speaks TLS 1.2 until its migration', expires: '2027-10-31' };
    const profiles = {
      partners: { base: 'strict', versions: ['TLSv1.2', 'TLSv1.3'], legacyCipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384'], weaker },
    };
    const raw = { ...twoSites(), profiles };
    Object.assign(raw.zones.risk, { profile: 'partners' });
    expect(linesOf(planMarkdown(planned(raw)))).toContain(`- weaker than strict until ${weaker.expires}: ${weaker.reason}`);
  });

  it('plan.md does not promise a drain that the declared load balancer cuts short', () => {
    const drains = (loadBalancer?: string) => {
      const raw = twoSites();
      Object.assign(raw.sites.frankfurt, { loadBalancer });
      const [, frankfurt = ''] = planMarkdown(planned(raw)).split('## Site ').slice(1);
      return linesOf(frankfurt).find((line) => line.startsWith('| orders | software |'));
    };
    expect(drains('metallb')).toMatch(/\| 4, cut by MetalLB \(300 declared\) \|$/);
    expect([drains('draining'), drains()]).toEqual([expect.stringMatching(/\| 300 \|$/), expect.stringMatching(/\| 300 \|$/)]);
  });

  it('plan.md contains the reason for the size of every tier', () => {
    for (const { tiers } of plannedTwoSites().sites) for (const { zone, reason } of tiers) expect(text).toContain(`${zone}: ${reason}`);
  });

  it('a new source of a flow only adds lines to plan.md', () => {
    const raw = twoSites();
    Object.assign(raw.zones.orders.allowFrom, { batch: { endpoints: ['status'] } });
    const before = linesOf(text);
    const after = new Set(linesOf(planMarkdown(planned(raw))));
    const lost = before.filter((line) => !after.has(line));
    expect(
      lost.filter(
        (line) =>
          !line.startsWith('| batch |') &&
          // Counts of the overview.
          !/^\| (?:frankfurt|cloud) \| (?:on-prem|cloud) \|/.test(line) &&
          !/networkAclEntries|securityGroupRules|resourcesPerStack|^\| (?:trading-0 \| )?orders \| \d+ \| \d+ \|$/.test(line),
      ),
    ).toEqual([]);
    expect(after).toContain('| orders/status | 443 | batch | here |');
  });
});
